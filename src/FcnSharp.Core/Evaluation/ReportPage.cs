using System.Text;
using FcnSharp.Evaluation.Charts;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Formats an <see cref="EvaluationResult"/> as a self-contained HTML page without scripts.</summary>
internal sealed class ReportPage
{
    private readonly EvaluationResult result;
    private readonly ReportColors colors;
    private readonly StringBuilder page = new();

    private ReportPage(EvaluationResult result) => (this.result, colors) = (result, new ReportColors(result.Classes, result.IgnoreId));

    /// <param name="result">The result.</param>
    /// <param name="training">The training of the network; null for none.</param>
    /// <param name="stream">The target; not disposed.</param>
    public static void Write(EvaluationResult result, TrainingCurves? training, Stream stream) =>
        stream.Write(Encoding.UTF8.GetBytes(new ReportPage(result).Compose(training)));

    private string Compose(TrainingCurves? training)
    {
        AppendHead();
        AppendMetrics();
        page.Append(training is null ? "" : TrainingSection.Of(training));
        AppendClasses();
        AppendConfusion();
        AppendExamples("Worst pictures", "The pictures with the lowest mean IoU, lowest first.", result.Worst);
        AppendExamples("Best pictures", "The pictures with the highest mean IoU, highest first.", result.Best);
        AppendSkipped();
        return page.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private void AppendHead()
    {
        var title = Html.Escape($"Evaluation on {result.Dataset}");
        var model = result.Model is { } name ? $"{Html.Escape(name)}, " : "";
        page.Append(Html.Format($$"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{{title}}</title>
            <style>
            {{SvgPicture.Css}}{{EmbeddedText.Read("report.css")}}</style>
            </head>
            <body>
            <main>
            <header>
            <h1>{{title}}</h1>
            <p>{{model}}{{Html.Escape(result.EngineDescription)}}. {{result.Pictures.Length}} pictures
            in {{result.Elapsed.TotalSeconds:F1}} s, {{result.Finished.UtcDateTime:yyyy-MM-dd HH:mm}} UTC.</p>
            </header>

            """));
    }

    private void AppendMetrics()
    {
        var metrics = result.Metrics;
        page.Append("<section class=\"tiles\" aria-label=\"Metrics\">\n");
        Tile("Mean IoU", metrics.MeanIoU, "overlap of truth and prediction, mean over classes");
        Tile("Pixel accuracy", metrics.PixelAccuracy, "pixels that are right");
        Tile("Mean accuracy", metrics.MeanAccuracy, "true pixels that were found, mean over classes");
        Tile("Frequency-weighted IoU", metrics.FrequencyWeightedIoU, "overlap, mean over pixels");
        page.Append(Html.Format(
            $"</section>\n<p class=\"note\">Over {metrics.Pixels:N0} pixels. Ignored pixels (id {result.IgnoreId}) are not counted; " +
            $"a class that occurs neither in truth nor in prediction is shown as {Html.Dash} and excluded from means.</p>\n"));

        void Tile(string name, double? value, string meaning) => page.Append(
            $"<div class=\"tile\"><div class=\"name\">{name}</div><div class=\"value\">{Html.Score(value)}</div>" +
            $"<div class=\"meaning\">{meaning}</div></div>\n");
    }

    private void AppendClasses()
    {
        page.Append("""
            <section>
            <h2>Classes</h2>
            <div class="scroll" role="region" aria-label="Classes" tabindex="0">
            <table>
            <thead><tr>
            <th scope="col">Class</th><th scope="col" colspan="2">IoU</th><th scope="col">Accuracy</th>
            <th scope="col">Precision</th><th scope="col">Share of pixels</th>
            </tr></thead>
            <tbody>

            """);
        foreach (var item in result.Metrics.Classes)
        {
            var share = result.Metrics.Pixels == 0 ? 0 : (double)item.TruePixels / result.Metrics.Pixels;
            page.Append(Html.Format(
                $"<tr><th scope=\"row\">{Key(colors.Palette[item.Id])}{Html.Escape(result.Classes[item.Id].DisplayName)}</th>" +
                $"<td>{Html.Score(item.IoU)}</td><td class=\"bar\"><div style=\"width:{100 * (item.IoU ?? 0):F1}%\"></div></td>" +
                $"<td>{Html.Score(item.Accuracy)}</td><td>{Html.Score(item.Precision)}</td><td>{Html.Percent(share)}</td></tr>\n"));
        }

        page.Append("</tbody>\n</table>\n</div>\n<p class=\"note\">Accuracy: the share of the class's pixels that were found. Precision: " +
        "the share of the predicted pixels that are right.</p>\n</section>\n");
    }

    private void AppendConfusion()
    {
        page.Append("<section>\n<h2>Confusion matrix</h2>\n");
        page.Append("<div class=\"scroll\" role=\"region\" aria-label=\"Confusion matrix\" tabindex=\"0\">\n");
        page.Append(new ConfusionPicture(result.Matrix, result.Metrics, result.Classes).ToSvg());
        page.Append("</div>\n<p class=\"note\">Every row is a true class; its numbers are percent of that class's pixels; " +
            "values below half a percent are omitted. Blue is right, orange is wrong.</p>\n</section>\n");
    }

    private void AppendExamples(string title, string order, IReadOnlyList<EvaluationExample> examples)
    {
        if (examples.Count == 0)
        {
            return;
        }

        page.Append($"<section>\n<h2>{title}</h2>\n<p class=\"note\">{order} " +
            $"Errors: {Key(ErrorPicture.Wrong)}wrong, {Key(ErrorPicture.Ignored)}ignored, grey is right. " +
            $"In class maps {Key(colors.Ignored)}is ignored.</p>\n");
        foreach (var example in examples)
        {
            AppendExample(example);
        }

        page.Append("</section>\n");
    }

    private void AppendExample(EvaluationExample example)
    {
        var name = Html.Escape(example.Score.Name);
        page.Append($"<article>\n<h3>{name} <span>mean IoU {Html.Score(example.Score.MeanIoU)}, " +
            $"pixel accuracy {Html.Score(example.Score.PixelAccuracy)}</span></h3>\n<div class=\"pictures\">\n");
        Figure("Photo", Html.DataUri(example.Picture));
        Figure("Truth", Html.DataUri(example.Truth, colors.Palette));
        Figure("Prediction", Html.DataUri(example.Prediction, colors.Palette));
        Figure("Errors", Html.DataUri(ErrorPicture.Of(example, result.IgnoreId)));
        page.Append("</div>\n</article>\n");

        void Figure(string caption, string source) => page.Append(Html.Format(
            $"<figure><img src=\"{source}\" width=\"{example.Picture.Width}\" height=\"{example.Picture.Height}\" alt=\"{caption} " +
            $"of {name}\"><figcaption>{caption}</figcaption></figure>\n"));
    }

    private void AppendSkipped()
    {
        if (result.Skipped.IsEmpty)
        {
            return;
        }

        page.Append(Html.Format($"<section>\n<h2>Skipped pictures: {result.Skipped.Length}</h2>\n<ul>\n"));
        foreach (var picture in result.Skipped)
        {
            page.Append($"<li><strong>{Html.Escape(picture.Name)}</strong> {Html.Escape(picture.Reason)}</li>\n");
        }

        page.Append("</ul>\n</section>\n");
    }

    private static string Key(RgbColor color) => $"<span class=\"swatch\" style=\"background:{color}\"></span>";
}

/// <summary>The colours of label maps in a report: those of overlays, and a colour of no class for ignored pixels.</summary>
internal sealed class ReportColors
{
    private static readonly RgbColor[] Candidates = [new(0, 0, 0), new(255, 255, 255), new(96, 96, 96), new(160, 160, 160)];

    public ReportColors(ClassList classes, int ignoreId)
    {
        var palette = classes.OverlayPalette;
        Ignored = Candidates.FirstOrDefault(color => !palette.Contains(color));
        var colors = new RgbColor[256];
        for (var id = 0; id < colors.Length; id++)
        {
            colors[id] = id == ignoreId || id >= classes.Count ? Ignored : palette[id];
        }

        Palette = new Palette(colors);
    }

    /// <summary>The colours of all 256 ids.</summary>
    public Palette Palette { get; }

    public RgbColor Ignored { get; }
}

namespace FcnSharp.Evaluation;

/// <summary>The section of a report on the training: the curves, and a table of their values.</summary>
internal static class TrainingSection
{
    /// <summary>The width of a chart in pixels: two fit side by side on a desktop, and one is readable on a phone.</summary>
    private const int PanelWidth = 400;

    /// <summary>Maximum number of lines for a part of the training.</summary>
    private const int MostRows = 50;

    public static string Of(TrainingCurves curves) => $"""
        <section>
        <h2>Training</h2>
        <p class="note">{Html.Escape(curves.Summary())} Thin line: the loss as logged; thick line: smoothed.</p>
        <div class="charts">
        {string.Concat(curves.Panels().Select(panel => curves.Draw([panel], PanelWidth).ToMarkup()))}</div>
        <details>
        <summary>The training in numbers</summary>
        <div class="scroll" role="region" aria-label="The training in numbers" tabindex="0">
        <table>
        <thead><tr>
        <th scope="col">Step</th><th scope="col">Epoch</th><th scope="col">Loss</th><th scope="col">Mean IoU</th>
        <th scope="col">Pixel accuracy</th>
        </tr></thead>
        {string.Concat(curves.Parts.Select(part => Lines(part, isOneOfMany: curves.Parts.Length > 1)))}</table>
        </div>
        </details>
        </section>

        """;

    /// <summary>The lines of a part, below its name if there are several parts.</summary>
    private static string Lines(TrainingPart part, bool isOneOfMany)
    {
        var name = isOneOfMany ? $"<tr><th scope=\"rowgroup\" colspan=\"5\">{Html.Escape(part.Name)}</th></tr>\n" : "";
        return $"<tbody>\n{name}{string.Concat(TrainingRow.Of(part, MostRows).Select(Line))}</tbody>\n";
    }

    private static string Line(TrainingRow row) => Html.Format(
        $"<tr><th scope=\"row\">{row.Step:#,0}</th><td>{(double.IsNaN(row.Epoch) ? Html.Dash : Html.Format($"{row.Epoch:#,0}"))}</td>" +
        $"<td>{Html.Score(row.Loss)}</td><td>{Html.Score(row.MeanIoU)}</td><td>{Html.Score(row.PixelAccuracy)}</td></tr>\n");
}

using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

public partial class EvaluationReportTests
{
    private static readonly ClassList Classes = new(["road", "<b>sky</b> & \"co\"", "never"]);

    [Fact]
    public void SaveReport_NeedsNothingElse()
    {
        var html = Report(2);

        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("<link", html);
        Assert.DoesNotContain("http", html);
        Assert.All(Sources().Matches(html).Select(match => match.Groups["source"].Value),
            source => Assert.StartsWith("data:image/", source));
        Assert.Contains("prefers-color-scheme: dark", html);
        Assert.Contains("<html lang=\"en\">", html);
    }

    [Fact]
    public void SaveReport_HasFourPicturesOfEachExampleWithTexts()
    {
        var html = Report(2);

        var pictures = Pictures().Matches(html);
        Assert.Equal(2 * 4, pictures.Count);
        Assert.All(pictures, picture => Assert.Matches("alt=\"(Photo|Truth|Prediction|Errors) of p[01]\"", picture.Value));
        Assert.Contains("<h2>Worst pictures</h2>", html);
        Assert.Contains("<h2>Best pictures</h2>", html);
    }

    [Fact]
    public void SaveReport_PicturesInIt_CanBeRead()
    {
        var html = Report(1);

        var sizes = Sources().Matches(html)
            .Select(match => Convert.FromBase64String(match.Groups["source"].Value.Split(',')[1]))
            .Select(bytes => RgbImage.Load(new MemoryStream(bytes)))
            .Select(picture => (picture.Width, picture.Height));

        Assert.Equal(Enumerable.Repeat((4, 2), 4), sizes);
    }

    [Fact]
    public void SaveReport_NamesFromOutside_AreEscaped()
    {
        var html = Report(1, name: "<img src=x onerror=alert(1)>");

        Assert.DoesNotContain("<img src=x", html);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", html);
        Assert.DoesNotContain("<b>sky", html);
        Assert.Contains("&lt;b&gt;sky&lt;/b&gt; &amp; &quot;co&quot;", html);
    }

    [Fact]
    public void SaveReport_AnAbsentClass_IsADash()
    {
        var html = Report(2);

        Assert.Matches(
            "never</th><td>–</td><td class=\"bar\"><div style=\"width:0.0%\"></div></td><td>–</td><td>–</td><td>0 %</td>", html);
    }

    [Fact]
    public void SaveReport_TheMatrix_IsWellFormedAndShowsSharesOfTheRow()
    {
        var html = Report(2);

        var svg = XElement.Parse(
            html[html.IndexOf("<svg", StringComparison.Ordinal)..(html.IndexOf("</svg>", StringComparison.Ordinal) + 6)]);
        var titles = svg.Descendants("g").Elements("title").Select(title => title.Value).ToList();
        Assert.Contains("road taken for road: 75.0 %", titles);
        Assert.Contains("road taken for <b>sky</b> & \"co\": 25.0 %", titles);
        Assert.DoesNotContain(titles, title => title.StartsWith("never", StringComparison.Ordinal));
    }

    [Fact]
    public void SaveReport_ManyClasses_DrawsThemSmaller()
    {
        var labels = new LabelMap(Enumerable.Range(0, 200).Select(i => (byte)i).ToArray(), 200, 1);
        var dataset = new MemoryDataset(ClassList.Numbered(200), 255, [new SegmentationSample("p0", RedEngine.Draw(labels), labels)]);

        var html = Html(dataset, 200);

        Assert.Contains("class 199 taken for class 199: 100.0 %", html);
        Assert.DoesNotContain("class=\"strong\"", html);
    }

    [Fact]
    public void SaveReport_SkippedPictures_AreListed()
    {
        var html = Html(new MemoryDataset(Classes, 255, [null, Sample("p1")]), 3);

        Assert.Contains("Skipped pictures: 1", html);
        Assert.Contains("<strong>p0</strong> p0.png: cannot be read. Copy it again.", html);
    }

    [Fact]
    public void SaveReport_OfNothing_IsAllDashes()
    {
        var html = Html(new MemoryDataset(Classes, 255, []), 3);

        Assert.Equal(4, Regex.Count(html, "<div class=\"value\">–</div>"));
        Assert.DoesNotContain("pictures</h2>", html);
    }

    [Fact]
    public void WriteReport_OfATraining_HasItsSection()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["training.csv"], "step,loss\n20,2\n");
        var training = TrainingCurves.Load(folder.Path);
        var result = Evaluate(new MemoryDataset(Classes, 255, [Sample("p0")]), 3);
        using var with = new MemoryStream();
        using var without = new MemoryStream();

        result.WriteReport(with, training);
        result.WriteReport(without);

        Assert.Contains(TrainingSection.Of(training), Encoding.UTF8.GetString(with.ToArray()));
        Assert.DoesNotContain("<h2>Training</h2>", Encoding.UTF8.GetString(without.ToArray()));
        Assert.Equal("stream", Assert.Throws<ArgumentNullException>(() => result.WriteReport(null!)).ParamName);
    }

    [Fact]
    public void ErrorPicture_ShowsRightGreyWrongOrangeAndIgnoredDark()
    {
        var example = new EvaluationExample(
            new EvaluatedPicture("p", 0.5, 0.5),
            TestPictures.Flat(3, 1, new RgbColor(200, 10, 10)),
            new LabelMap(new byte[] { 0, 1, 9 }, 3, 1),
            new LabelMap(new byte[] { 0, 0, 0 }, 3, 1));

        var errors = ErrorPicture.Of(example, ignoreId: 9);

        Assert.True(errors[0, 0] is var right && right.R == right.G && right.G == right.B);
        Assert.Equal((ErrorPicture.Wrong, ErrorPicture.Ignored), (errors[1, 0], errors[2, 0]));
    }

    [Theory]
    [InlineData(false, "#000000")]
    [InlineData(true, "#ffffff")]
    public void ReportColors_Ignored_IsNoClassesColour(bool voc, string expected)
    {
        var colors = new ReportColors(voc ? ClassList.Voc : ClassList.CamVid, ignoreId: 255);

        Assert.Equal(expected, colors.Ignored.ToString());
        Assert.Equal(colors.Ignored, colors.Palette[255]);
    }

    private static string Report(int pictures, string? name = null) =>
        Html(new MemoryDataset(Classes, 255, [.. Enumerable.Range(0, pictures).Select(i => Sample(name ?? $"p{i}"))]), 3);

    /// <summary>Three of four road pixels are found; two sky pixels are; two pixels are ignored.</summary>
    private static SegmentationSample Sample(string name) => new(
        name,
        RedEngine.Draw(new LabelMap(new byte[] { 0, 0, 0, 1, 1, 1, 0, 0 }, 4, 2)),
        new LabelMap(new byte[] { 0, 0, 0, 0, 1, 1, 255, 255 }, 4, 2));

    private static string Html(ISegmentationDataset dataset, int classes)
    {
        using var folder = new TempFolder();
        Evaluate(dataset, classes).SaveReport(folder["report.html"]);
        Assert.Equal(["report.html"], folder.FileNames());
        return File.ReadAllText(folder["report.html"]);
    }

    private static EvaluationResult Evaluate(ISegmentationDataset dataset, int classes)
    {
        using var predictor = new FcnPredictor(new RedEngine(classes));
        return Evaluator.Run(predictor, dataset, new EvaluationOptions { SkipBroken = true });
    }

    [GeneratedRegex("<img [^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Pictures();

    [GeneratedRegex("src=\"(?<source>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Sources();
}

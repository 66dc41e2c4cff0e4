using System.Globalization;
using System.Text.RegularExpressions;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

/// <summary>Whole pages against approved ones, without pictures and the style sheet, and properties that those pages do not show.</summary>
public partial class ReportPageTests
{
    private static readonly RgbColor Red = new(255, 0, 0);
    private static readonly RgbColor Green = new(0, 255, 0);
    private static readonly RgbColor Black = new(0, 0, 0);
    private static readonly RgbColor White = new(255, 255, 255);

    /// <summary>Names as long as fits and longer, a class that is nowhere, cells at and below half a percent, tiny shares.</summary>
    [Fact]
    public void SaveReport_OfFewClasses_IsTheApprovedPage()
    {
        var matrix = new ConfusionMatrix(5);
        matrix.Add(0, 0, 39_600);
        matrix.Add(0, 1, 200);
        matrix.Add(0, 2, 199);
        matrix.Add(0, 3, 1);
        matrix.Add(1, 0, 5_500);
        matrix.Add(1, 1, 4_500);
        matrix.Add(2, 2, 7);
        matrix.Add(2, 1, 3);
        matrix.Add(3, 3, 25);
        var result = Result(
            new ClassList(["road", "sky & sea", "exactly18letters.x", "a name that is too long to draw", "nowhere"]),
            matrix,
            model: "fcn-8s <v2>");

        ApprovedText.AssertIs("Files/Reports/few-classes.html", Page(result));
    }

    [Fact]
    public void SaveReport_OfManyClasses_IsTheApprovedPage()
    {
        var matrix = new ConfusionMatrix(31);
        matrix.Add(0, 0, 3);
        matrix.Add(0, 30, 1);
        matrix.Add(30, 30, 2);
        var result = Result(ClassList.Numbered(31), matrix, model: null);

        ApprovedText.AssertIs("Files/Reports/many-classes.html", Page(result));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void SaveReport_OfUpToThirtyClasses_WritesNumbersIntoCells(int classes, bool numbers)
    {
        var matrix = new ConfusionMatrix(classes);
        matrix.Add(0, 0, 1);

        var html = Page(Result(ClassList.Numbered(classes), matrix, model: null));

        Assert.Equal(numbers, html.Contains(">100</text>"));
        Assert.Contains(numbers ? "width=\"36\" height=\"36\"" : "width=\"14\" height=\"14\"", html);
    }

    [Theory]
    [InlineData(0, 10, "0 %")]
    [InlineData(1, 1_000_000, "&lt;0.1 %")]
    [InlineData(499, 1_000_000, "&lt;0.1 %")]
    [InlineData(500, 1_000_000, "0.1 %")]
    [InlineData(123, 1_000, "12.3 %")]
    [InlineData(10, 10, "100.0 %")]
    public void SaveReport_ShareOfPixels_IsZeroOnlyForNone(int pixels, int of, string expected)
    {
        var matrix = new ConfusionMatrix(2);
        matrix.Add(0, 0, pixels);
        matrix.Add(1, 1, of - pixels);

        var html = Page(Result(new ClassList(["road", "sky"]), matrix, model: null));

        Assert.Contains($"<td>{expected}</td></tr>", html.Split('\n').Single(line => line.Contains(">road</th>")));
    }

    [Fact]
    public void SaveReport_ClassMaps_AreInTheClassesColoursAndIgnoredPixelsInTheirOwn()
    {
        var classes = new ClassList([new ClassInfo("road", Red), new ClassInfo("sky", Green)]);
        var result = Result(classes, new ConfusionMatrix(2), model: null);

        var maps = Sources().Matches(Html(result))
            .Where(match => match.Groups["kind"].Value == "png")
            .Select(match => RgbImage.Load(new MemoryStream(Convert.FromBase64String(match.Groups["data"].Value))))
            .Select(map => new[] { map[0, 0], map[1, 0], map[2, 0], map[3, 0] })
            .ToList();

        Assert.Equal(4, maps.Count);
        Assert.Equal([Red, Green, Black, Green], maps[0]);
        Assert.Equal([Red, Red, Green, Green], maps[1]);
    }

    [Fact]
    public void Palette_OfAReport_ShowsIdsWithoutAClassAsIgnored()
    {
        var colors = new ReportColors(new ClassList([new ClassInfo("road", Red), new ClassInfo("sky", Green)]), ignoreId: 0);

        Assert.Equal([Black, Green, Black], colors.Palette.Take(3));
        Assert.Equal(Black, colors.Palette[255]);
    }

    [Fact]
    public void Palette_OfAReportWhoseClassesHaveAllGreys_StillShowsIgnoredPixels()
    {
        RgbColor[] greys = [Black, White, new(96, 96, 96), new(160, 160, 160)];
        var classes = new ClassList(greys.Select((color, id) => new ClassInfo($"class {id}", color)));

        Assert.Equal(Black, new ReportColors(classes, ignoreId: 255).Ignored);
    }

    /// <summary>By hand from BT.601's weights, 0.299, 0.587 and 0.114: 112 + 9 / 16 of the luma.</summary>
    [Theory]
    [InlineData(0, 0, 0, 112)]
    [InlineData(255, 255, 255, 255)]
    [InlineData(255, 0, 0, 112 + (76 * 9 / 16))]
    [InlineData(0, 255, 0, 112 + (149 * 9 / 16))]
    [InlineData(0, 0, 255, 112 + (29 * 9 / 16))]
    [InlineData(200, 100, 50, 112 + (124 * 9 / 16))]
    public void ErrorPicture_ARightPixel_IsItsLumaInTheUpperHalf(byte red, byte green, byte blue, byte expected)
    {
        var labels = new LabelMap(new byte[1], 1, 1);
        var photo = new RgbImage(new[] { red, green, blue }, 1, 1);

        var errors = ErrorPicture.Of(new EvaluationExample(new EvaluatedPicture("p", 1, 1), photo, labels, labels), ignoreId: 255);

        Assert.Equal(new RgbColor(expected, expected, expected), errors[0, 0]);
    }

    private static EvaluationResult Result(ClassList classes, ConfusionMatrix matrix, string? model) => new()
    {
        Dataset = "streets & <fields>",
        Model = model,
        EngineDescription = "CPU engine \"AVX2\"",
        Classes = classes,
        IgnoreId = 255,
        Matrix = matrix,
        Metrics = matrix.ToMetrics(),
        Calibration = null,
        Pictures = [new("low", 0.25, 0.5), new("high & dry", 1, null), new("middle", 0.5, 0.75)],
        Skipped = [new("p7", "p7.png: cannot be read. Copy it again."), new("p8", "p8.png: has no mask & no hope.")],
        Worst = [Example(new EvaluatedPicture("low", 0.25, 0.5))],
        Best = [Example(new EvaluatedPicture("high & dry", 1, null))],
        Finished = DateTimeOffset.Parse("2026-03-04T23:05:59-02:00", CultureInfo.InvariantCulture),
        Elapsed = TimeSpan.FromMilliseconds(12_345),
    };

    private static EvaluationExample Example(EvaluatedPicture score) => new(
        score,
        TestPictures.Gradient(4, 1),
        new LabelMap(new byte[] { 0, 1, 255, 1 }, 4, 1),
        new LabelMap(new byte[] { 0, 0, 1, 1 }, 4, 1));

    /// <summary>The page without its style sheet and the bytes of its pictures.</summary>
    private static string Page(EvaluationResult result) =>
        Sources().Replace(Style().Replace(Html(result), "<style>\n…\n</style>"), "src=\"data:image/${kind};base64,…\"");

    private static string Html(EvaluationResult result)
    {
        using var folder = new TempFolder();
        result.SaveReport(folder["report.html"]);
        return File.ReadAllText(folder["report.html"]);
    }

    [GeneratedRegex("src=\"data:image/(?<kind>[a-z]+);base64,(?<data>[^\"]*)\"", RegexOptions.NonBacktracking)]
    private static partial Regex Sources();

    [GeneratedRegex("<style>[^<]*</style>", RegexOptions.NonBacktracking)]
    private static partial Regex Style();
}

using System.Globalization;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Measures the peak memory of a process that segments a picture far larger than its working memory, from the file to labels and an
/// overlay on disk: at full resolution, in tiles, and at the network's working size.
/// </summary>
internal sealed class LargeCommand : Command
{
    private const string Full = "full resolution";
    private const string Trained = "trained size";

    private static readonly ReportColumn[] Columns = [new("seconds", "seconds", "F1"), new("peak_megabytes", "peak MB", "F0")];

    public override string Name => "large";

    public override string Usage => "[--size WIDTHxHEIGHT] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["size", "picture", "at", .. Report.Options];

    public override int Run(Arguments arguments)
    {
        if (arguments.Find("picture") is { } picture)
        {
            Segment(picture, arguments.Require("at"));
            Console.WriteLine(Measurement.PeakResidentBytes().ToString(CultureInfo.InvariantCulture));
            return 0;
        }

        var (width, height) = arguments.FindSize("size") ?? (12000, 9000);
        using var folder = new TemporaryFolder();
        var file = folder.At("large.jpg");
        BenchmarkPicture.Photo(width, height).Save(file);

        var report = new Report(Name, $"street scenes, a JPEG of {width}x{height} pixels, each in a process of its own", Columns);
        var peaks = new[] { Full, Trained }.Select(at => Measure(report, file, at)).ToList();
        report.Ratio("peak_gib", peaks.Max() / (1L << 30));
        report.Publish(arguments);
        return 0;
    }

    private static double Measure(Report report, string file, string at)
    {
        var (output, seconds) = ChildProgram.Run(ChildProgram.Self, "large", "--picture", file, "--at", at);
        var peak = double.Parse(output.Trim(), CultureInfo.InvariantCulture);
        report.Row(at, seconds, peak / 1e6);
        return peak;
    }

    private static void Segment(string picture, string at)
    {
        using var predictor = StreetScenes.CreatePredictor(new PredictorOptions { WorkingSize = at == Full ? 0 : null });
        var result = predictor.Segment(picture);
        result.SaveLabels(Path.ChangeExtension(picture, "labels.png"));
        result.SaveOverlay(Path.ChangeExtension(picture, "overlay.jpg"));
    }
}

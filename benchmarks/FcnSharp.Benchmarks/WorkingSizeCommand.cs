using System.Globalization;
using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Measures the bundled street-scene model at several working sizes: the time for the sample photo in memory, in interleaved rounds, and
/// the peak memory of a process that segments it once; with <c>--baseline FILE</c> also as ratios to another model at its working size.
/// </summary>
internal sealed class WorkingSizeCommand : Command
{
    private const int Rounds = 12;
    private const string Shipped = "street";

    private static readonly int[] Sizes = [480, 540, 600, 720];

    private static readonly ReportColumn[] Columns =
    [
        new("milliseconds", "ms", "F0"), new("time", "time against the baseline", "F2"), new("megabytes", "peak MB", "F0"),
        new("memory", "memory against the baseline", "F2"),
    ];

    public override string Name => "working-size";

    public override string Usage => "[--baseline FILE.safetensors] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["baseline", "once", "size", .. Report.Options];

    public override int Run(Arguments arguments)
    {
        if (arguments.Find("once") is { } once)
        {
            using var predictor = Predictor(once, (int)arguments.FindNumbers("size")![0]);
            predictor.Segment(BenchmarkPicture.PhotoPath);
            Console.WriteLine(Measurement.PeakResidentBytes().ToString(CultureInfo.InvariantCulture));
            return 0;
        }

        var baseline = arguments.Find("baseline") ?? Shipped;
        var picture = BenchmarkPicture.Photo(480, 360);
        var baselineSize = Network(baseline).Card.WorkingSize ?? 0;
        var runs = new[] { (File: baseline, Size: baselineSize, Name: $"baseline, {baselineSize}") }
            .Concat(Sizes.Select(size => (File: Shipped, Size: size, Name: $"shipped, {size}"))).ToArray();
        var predictors = runs.Select(run => Predictor(run.File, run.Size)).ToArray();
        var seconds = Measurement.Medians(Rounds, [.. predictors.Select(Action (predictor) => () => predictor.Segment(picture))]);
        Array.ForEach(predictors, predictor => predictor.Dispose());

        var report = new Report(Name, "the sample photo at 480x360, and working sizes", Columns);
        var bytes = runs.Select(run => Peak(run.File, run.Size)).ToArray();
        for (var i = 0; i < runs.Length; i++)
        {
            report.Row(runs[i].Name, 1000 * seconds[i], seconds[i] / seconds[0], bytes[i] / 1e6, bytes[i] / bytes[0]);
        }

        report.Publish(arguments);
        return 0;
    }

    private static double Peak(string file, int size)
    {
        var (output, _) = ChildProgram.Run(
            ChildProgram.Self, "working-size", "--once", file, "--size", size.ToString(CultureInfo.InvariantCulture));
        return double.Parse(output.Trim(), CultureInfo.InvariantCulture);
    }

    private static FcnPredictor Predictor(string file, int size) =>
        new(new CpuEngine(Network(file)), new PredictorOptions { WorkingSize = size });

    private static FcnNetwork Network(string file) => file == Shipped ? StreetScenes.LoadNetwork() : FcnNetwork.Load(file);
}

using FcnSharp.Benchmarks.Stages;
using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Measures every step from a picture file to the result files: the steps outside the network, and every layer as the engine reports it,
/// with its kernel and output map, beside the peak rate of matrix products on this machine. A layer's rate counts the operations of its
/// definition, so Winograd layers can exceed the peak; "multiplied" counts the operations that are carried out.
/// </summary>
internal sealed class StagesCommand : Command
{
    private const string Decode = "decode (JPEG)";
    private const string Resize = "resize (from twice the side)";
    private const string Segment = "segment";
    private const string Layers = "layers";
    private const string Between = "between layers";
    private const string Color = "colour";
    private const string Encode = "encode (labels, colours: PNG)";

    private static readonly ReportColumn[] Columns =
    [
        new("milliseconds", "ms", "F2"),
        new("share", "share", "P1"),
        new("gigaflop", "GFLOP", "F2"),
        new("rate", "GFLOP/s", "F0"),
        new("of_peak", "of peak", "P0"),
        new("multiplied_of_peak", "multiplied, of peak", "P0"),
        new("multiplied_gigaflop", "multiplied, GFLOP", "F2"),
        new("megabytes", "MB", "F1"),
    ];

    public override string Name => "stages";

    public override string Usage => "[--size WIDTHxHEIGHT] [--threads N] [--rounds N] [--model street|FILE] [--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["size", "threads", "rounds", .. BenchmarkModel.Options, .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var (width, height) = arguments.FindSize("size") ?? (512, 512);
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var rounds = arguments.Count("rounds", 8);
        var network = BenchmarkModel.From(arguments);
        var (times, peak) = (new RoundTimes(), new MatrixPeak(threads));
        using var engine = new CpuEngine(network, new CpuEngineOptions { Threads = threads }) { LayerDone = Note };
        using var predictor = new FcnPredictor(engine, new PredictorOptions { WorkingSize = 0 });

        var file = Encoded(BenchmarkPicture.Photo(width, height), ImageFormat.Jpeg);
        var large = BenchmarkPicture.Photo(2 * width, 2 * height);
        for (var round = 0; round < rounds; round++)
        {
            peak.Measure();
            RunOnce(times, predictor, file, large, width, height);
        }

        var work = engine.PlanFor(width, height).Steps;
        var report = new Report(
            Name,
            $"{BenchmarkModel.Describe(network)}, {width}x{height}, {predictor.EngineDescription}, {rounds - 1} rounds, medians",
            Columns);
        AddRows(report, times, work, peak.Best);
        report.Publish(arguments);
        return 0;

        void Note(string layer, TimeSpan time)
        {
            times.Add(layer, time);
            times.Add(Layers, time);
        }
    }

    private static void RunOnce(RoundTimes times, FcnPredictor predictor, byte[] file, RgbImage large, int width, int height)
    {
        var picture = times.Time(Decode, () => RgbImage.Load(new MemoryStream(file)));
        times.Time(Resize, () => large.Resize(width, height));
        var segmentation = times.Time(Segment, () => predictor.Segment(picture));
        var colors = times.Time(Color, segmentation.ToColorMap);
        times.Time(Encode, () =>
        {
            using var stream = new MemoryStream();
            segmentation.Labels.Write(stream, segmentation.Classes.Palette);
            colors.Write(stream, ImageFormat.Png);
            return stream.Length;
        });
        times.AddRest(Between, Segment, Layers);
        times.EndRound();
    }

    private static void AddRows(Report report, RoundTimes times, IReadOnlyList<CpuPlanStep> work, double peak)
    {
        var segment = times.Median(Segment);
        var around = times.Median(Decode) + times.Median(Resize) + times.Median(Color);
        var all = segment + around + times.Median(Encode);
        Step(Decode);
        Step(Resize);
        report.Row($"normalise (in {work[0].Name})", 0, 0);
        foreach (var layer in work)
        {
            var seconds = times.Median(layer.Name);
            var (direct, multiplied) = (Operations(layer.AskedMultiplications), Operations(layer.Multiplications));
            var output = layer.Output?.ToString() ?? "strips";
            report.Row(
                $"{layer.Name}: {layer.Kernel}, {output}", 1e3 * seconds, seconds / all, direct / 1e9, direct / seconds / 1e9,
                direct / seconds / peak, multiplied / seconds / peak, multiplied / 1e9, layer.MapBytes / 1e6);
        }

        Step(Between);
        Step(Color);
        Step(Encode);

        report.Ratio("segment_ms", 1e3 * segment, "F1");
        report.Ratio("peak_gflops", peak / 1e9, "F0");
        report.Ratio("network_of_peak", Operations(work.Sum(layer => layer.AskedMultiplications)) / segment / peak);
        report.Ratio("multiplied_of_peak", Operations(work.Sum(layer => layer.Multiplications)) / segment / peak);
        report.Ratio("outside_network", around / (around + segment), "F4");

        void Step(string name) => report.Row(name, 1e3 * times.Median(name), times.Median(name) / all);
    }

    /// <summary>Floating-point operations: two for a multiplication and its addition.</summary>
    private static double Operations(long multiplications) => 2.0 * multiplications;

    private static byte[] Encoded(RgbImage picture, ImageFormat format)
    {
        using var stream = new MemoryStream();
        picture.Write(stream, format);
        return stream.ToArray();
    }
}

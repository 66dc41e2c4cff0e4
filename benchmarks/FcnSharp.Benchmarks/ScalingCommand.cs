using FcnSharp.Engine;

namespace FcnSharp.Benchmarks;

/// <summary>Measures the time per pixel against the picture's size: squares that are computed as a whole, and one that the default
/// working memory splits into tiles.</summary>
internal sealed class ScalingCommand : Command
{
    private const int Reference = 512;
    private const int TiledSide = 4096;
    private static readonly int[] Sides = [128, 256, Reference, 1024, 2048];

    private static readonly ReportColumn[] Columns =
    [
        new("tiles", "tiles", "F0"),
        new("seconds", "seconds", "F3"),
        new("per_pixel_to_512", "time per pixel, to 512", "F2"),
    ];

    public override string Name => "scaling";

    public override string Usage => "[--threads N] [--rounds N] [--model street|FILE] [--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["threads", "rounds", .. BenchmarkModel.Options, .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var rounds = arguments.Count("rounds", 4);
        var network = BenchmarkModel.From(arguments);
        using var engine = new CpuEngine(network, new CpuEngineOptions { Threads = threads });
        int[] sides = [.. Sides, TiledSide];
        var tiles = new int[sides.Length];

        var seconds = Measurement.Medians(
            rounds, [.. sides.Select((side, index) => (Action)(() => tiles[index] = Classify(engine, side)))]);

        var perPixel = sides.Select((side, index) => seconds[index] / side / side).ToList();
        var reference = perPixel[Array.IndexOf(sides, Reference)];
        var report = new Report(
            Name, $"{BenchmarkModel.Describe(network)}, squares, {threads} threads, {rounds - 1} rounds, medians", Columns);
        for (var i = 0; i < sides.Length; i++)
        {
            report.Row($"{sides[i]}", tiles[i], seconds[i], perPixel[i] / reference);
        }

        report.Ratio("whole2048/512", perPixel[^2] / reference);
        report.Ratio("tiled4096/512", perPixel[^1] / reference);
        report.Ratio("tiles", tiles[^1], "F0");
        report.Publish(arguments);
        return 0;
    }

    /// <returns>The number of tiles of the picture.</returns>
    private static int Classify(CpuEngine engine, int side)
    {
        var tiles = new Counter();
        engine.Classify(BenchmarkPicture.Noise(side, side), new ClassificationRequest { Width = side, Height = side, Progress = tiles });
        return tiles.Count;
    }

    private sealed class Counter : IProgress<double>
    {
        public int Count { get; private set; }

        public void Report(double value) => Count++;
    }
}

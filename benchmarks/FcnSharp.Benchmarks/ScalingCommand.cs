using FcnSharp.Engine;

namespace FcnSharp.Benchmarks;

/// <summary>How the time per pixel grows with the picture: squares worked on as a whole, and one that the default working memory cuts into tiles.</summary>
internal sealed class ScalingCommand : Command
{
    private const int Reference = 512;
    private const int TiledSide = 4096;
    private static readonly int[] Sides = [128, 256, Reference, 1024, 2048];

    public override string Name => "scaling";

    public override string Usage => "[--threads N] [--rounds N] [--model street|FILE] [--width FACTOR]";

    public override IReadOnlyCollection<string> Options => ["threads", "rounds", .. BenchmarkModel.Options];

    public override int Run(Arguments arguments)
    {
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var rounds = arguments.Count("rounds", 4);
        using var engine = new CpuEngine(BenchmarkModel.From(arguments), new CpuEngineOptions { Threads = threads });
        int[] sides = [.. Sides, TiledSide];
        var tiles = new int[sides.Length];

        var seconds = Measurement.Medians(rounds, [.. sides.Select((side, index) => (Action)(() => tiles[index] = Classify(engine, side)))]);

        var perPixel = sides.Select((side, index) => seconds[index] / side / side).ToList();
        var reference = perPixel[Array.IndexOf(sides, Reference)];
        Console.WriteLine("side   tiles   seconds   time per pixel, to 512");
        for (var i = 0; i < sides.Length; i++)
        {
            Console.WriteLine($"{sides[i],4} {tiles[i],7} {seconds[i],9:F3} {perPixel[i] / reference,10:F2}");
        }

        Console.WriteLine($"scaling: whole2048/512={perPixel[^2] / reference:F2} tiled4096/512={perPixel[^1] / reference:F2} tiles={tiles[^1]}");
        return 0;
    }

    /// <returns>How many tiles the picture was worked on in.</returns>
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

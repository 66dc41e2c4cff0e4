using System.Diagnostics;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Whether an evaluation keeps all cores busy: its time against the sum of its predictions' times on one thread, divided by the speed-up
/// of the engine alone. Rounds of all three are interleaved, the first is dropped, medians count.
/// </summary>
internal sealed class EvaluationCommand : Command
{
    private const int Rounds = 6;

    public override string Name => "evaluation";

    public override string Usage => "--camvid DIR --split train|val|test";

    public override IReadOnlyCollection<string> Options => ["camvid", "split"];

    public override int Run(Arguments arguments)
    {
        var dataset = new CamVidDataset(arguments.Require("camvid"), arguments.Require("split"));
        List<RgbImage> pictures = [.. Enumerable.Range(0, dataset.Count).Select(index => dataset.Load(index).Picture)];
        using var oneThread = StreetScenes.CreatePredictor(new PredictorOptions { Threads = 1 });
        using var allThreads = StreetScenes.CreatePredictor();

        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => new Round(Seconds(oneThread, pictures), Seconds(allThreads, pictures), Evaluator.Run(allThreads, dataset).Elapsed.TotalSeconds))
            .Skip(1)
            .ToList();

        var predictions = Median(rounds.Select(round => round.OneThread));
        var speedUp = Median(rounds.Select(round => round.OneThread / round.AllThreads));
        var evaluation = Median(rounds.Select(round => round.Evaluation));
        var ratio = Median(rounds.Select(round => round.Evaluation / round.AllThreads));
        Console.WriteLine($"predictions on one thread, sum: {predictions:F2} s");
        Console.WriteLine($"speed-up of the engine on {Environment.ProcessorCount} processors: {speedUp:F2}");
        Console.WriteLine($"evaluation with reading and counting: {evaluation:F2} s");
        Console.WriteLine($"evaluation: ratio={ratio:F3} pictures={dataset.Count} rounds={rounds.Count}");
        return 0;
    }

    private static double Seconds(FcnPredictor predictor, List<RgbImage> pictures)
    {
        var clock = Stopwatch.StartNew();
        pictures.ForEach(picture => predictor.Segment(picture));
        return clock.Elapsed.TotalSeconds;
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt((Rounds - 1) / 2);

    /// <summary>Seconds: all predictions one after the other on one thread, the same on all, and the whole evaluation.</summary>
    private readonly record struct Round(double OneThread, double AllThreads, double Evaluation);
}

using FcnSharp.Data;
using FcnSharp.Engine;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Measures whether an evaluation keeps all cores busy: the ratio of its time to that of its predictions alone on all threads. The same
/// ratio of processor times depends less on other programs on the machine. Rounds of all measurements are interleaved, the first one is
/// dropped, and medians are reported.
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
        using var oneThread = StreetScenes.CreatePredictor(engine: new CpuEngineOptions { Threads = 1 });
        using var allThreads = StreetScenes.CreatePredictor();

        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => new Round(
                Cost.Of(() => pictures.ForEach(picture => oneThread.Segment(picture))),
                Cost.Of(() => pictures.ForEach(picture => allThreads.Segment(picture))),
                Cost.Of(() => Evaluator.Run(allThreads, dataset, new EvaluationOptions { Examples = 0 }))))
            .Skip(1)
            .ToList();

        Console.WriteLine($"predictions on one thread, sum: {Median(rounds, round => round.OneThread.Seconds):F2} s");
        Console.WriteLine($"speed-up of the engine on {Environment.ProcessorCount} " +
            $"processors: {Median(rounds, round => round.OneThread.Seconds / round.AllThreads.Seconds):F2}");
        Console.WriteLine($"evaluation with reading and counting: {Median(rounds, round => round.Evaluation.Seconds):F2} s");
        Console.WriteLine(
            $"evaluation: ratio={Median(rounds, round => round.Evaluation.Seconds / round.AllThreads.Seconds):F3} " +
            $"processor={Median(rounds, round => round.Evaluation.ProcessorSeconds / round.AllThreads.ProcessorSeconds):F3} " +
            $"pictures={dataset.Count} rounds={rounds.Count}");
        return 0;
    }

    private static double Median(List<Round> rounds, Func<Round, double> value) => rounds.Select(value).Order().ElementAt(rounds.Count / 2);

    /// <summary>Costs of all predictions on one thread, of all predictions on all threads, and of the whole evaluation.</summary>
    private readonly record struct Round(Cost OneThread, Cost AllThreads, Cost Evaluation);
}

using FcnSharp.Benchmarks.Peers;
using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Torch;
using FcnSharp.Weights;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Measures the time to load a model file until the first picture can be segmented: our predictor with its weights transformed and packed,
/// the TorchSharp module, and ONNX Runtime's session with its graph optimised. The time to load and compile the libraries is excluded;
/// <see cref="ColdStartCommand"/> includes it.
/// </summary>
internal sealed class LoadCommand : Command
{
    private static readonly ReportColumn[] Columns = [new("seconds", "seconds", "F3"), new("to_ours", "to ours", "F2")];

    public override string Name => "load";

    public override string Usage => "[--threads N] [--rounds N] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["threads", "rounds", .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var rounds = arguments.Count("rounds", 6);
        var report = new Report(Name, $"from file to ready, {threads} threads, {rounds - 1} rounds, medians", Columns);
        foreach (var (name, network) in new[] { ("full", BenchmarkModel.Filled()), ("street", StreetScenes.LoadNetwork()) })
        {
            var seconds = Measure(network, threads, rounds);
            for (var i = 0; i < seconds.Length; i++)
            {
                report.Row($"{name}, {Peer.Names[i]}", seconds[i], seconds[i] / seconds[0]);
            }

            report.Ratio($"{name}:eager/ours", seconds[1] / seconds[0]);
            report.Ratio($"{name}:onnxruntime/ours", seconds[2] / seconds[0]);
        }

        report.Publish(arguments);
        return 0;
    }

    /// <returns>Medians in the order of <see cref="Peer.Names"/>.</returns>
    private static double[] Measure(FcnNetwork network, int threads, int rounds)
    {
        using var model = BenchmarkModel.Saved(network);
        using var folder = new TemporaryFolder();
        var onnx = folder.At("model.onnx");
        OnnxExporter.Export(network, onnx, new OnnxOptions { ArgMax = true });
        return Measurement.Medians(
            rounds,
            () => FcnPredictor.Load(model.Path, engine: new CpuEngineOptions { Threads = threads }).Dispose(),
            () => TorchEngine.Load(model.Path).Dispose(),
            () => OnnxRuntimePeer.Open(onnx, threads).Dispose());
    }
}

using System.Globalization;
using FcnSharp.Benchmarks.Peers;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>Compares the managed engine with eager TorchSharp and ONNX Runtime on the same network, picture and number of
/// threads.</summary>
internal sealed class PeersCommand : Command
{
    private static readonly ReportColumn[] Columns =
    [
        new("seconds", "seconds", "F3"),
        new("to_ours", "to ours", "F2"),
        new("peak_megabytes", "peak MB", "F0"),
        new("difference", "scores differ", "E1"),
        new("same_labels", "same labels", "P3"),
    ];

    public override string Name => "peers";

    public override string Usage => "[--size WIDTHxHEIGHT] [--threads N] [--rounds N] [--model street|resnet18|fcn-resnet50|FILE] " +
        "[--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options =>
        ["size", "threads", "rounds", "memory-of", .. BenchmarkModel.Options, .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var (width, height) = arguments.FindSize("size") ?? (512, 512);
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var rounds = arguments.Count("rounds", 8);
        var picture = BenchmarkPicture.Noise(width, height);
        if (arguments.Find("memory-of") is { } single)
        {
            return PrintMemoryOf(single, arguments, threads, picture);
        }

        using var model = BenchmarkModel.Saved(arguments);
        var network = model.Load();
        var peers = Peer.Names.Select(name => Peer.Create(name, network, threads)).ToList();
        var comparisons = peers.Skip(1).Select(peer => PeerComparison.Of(peers[0], peer, picture)).ToList();
        var seconds = Measurement.Medians(rounds, [.. peers.Select(peer => (Action)(() => peer.Labels(picture)))]);
        peers.ForEach(peer => peer.Dispose());
        var memory = Peer.Names.Select(name => MemoryOf(name, model.Path, width, height, threads)).ToList();

        var report = new Report(
            Name, $"{BenchmarkModel.Describe(network)}, {width}x{height}, {threads} threads, {rounds - 1} rounds, medians", Columns);
        for (var i = 0; i < peers.Count; i++)
        {
            var compared = i == 0 ? null : comparisons[i - 1];
            report.Row(Peer.Names[i], seconds[i], seconds[i] / seconds[0], memory[i] / 1e6, compared?.Difference, compared?.SameLabels);
        }

        var equal = comparisons.TrueForAll(comparison => comparison.IsEqual);
        report.Ratio("eager/ours", seconds[1] / seconds[0]);
        report.Ratio("onnxruntime/ours", seconds[2] / seconds[0]);
        report.Ratio("memory", (double)memory[0] / memory[1]);
        report.Ratio("outputs", equal ? "equal" : "different");
        report.Publish(arguments);
        return equal ? 0 : 1;
    }

    /// <summary>The job of a child process: loads the network, segments one picture, and prints the peak memory.</summary>
    private static int PrintMemoryOf(string name, Arguments arguments, int threads, RgbImage picture)
    {
        using var peer = Peer.Load(name, arguments.Require("model"), threads);
        peer.Labels(picture);
        Console.WriteLine(Measurement.PeakResidentBytes().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static long MemoryOf(string name, string model, int width, int height, int threads)
    {
        var (output, _) = ChildProgram.Run(
            ChildProgram.Self, "peers", "--memory-of", name, "--model", model, "--size", $"{width}x{height}", "--threads", $"{threads}");
        return long.Parse(output.Trim(), CultureInfo.InvariantCulture);
    }
}

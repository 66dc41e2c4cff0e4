using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using FcnSharp.Benchmarks.Peers;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>Our engine beside TorchSharp eager and ONNX Runtime, on the same network, picture and number of threads.</summary>
internal sealed class PeersCommand : Command
{
    public override string Name => "peers";

    public override string Usage => "[--size WIDTHxHEIGHT] [--threads N] [--rounds N] [--model street|FILE] [--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options => ["size", "threads", "rounds", "json", "memory-of", .. BenchmarkModel.Options];

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

        Console.WriteLine($"{network.Options.Variant}, {network.Options.NumClasses} classes, {width}x{height}, {threads} threads, {rounds - 1} rounds, medians");
        Console.WriteLine();
        Console.WriteLine("peer          seconds   to ours   peak MB   scores differ   same labels");
        for (var i = 0; i < peers.Count; i++)
        {
            var compared = i == 0 ? "" : $"{comparisons[i - 1].Difference,15:E1} {comparisons[i - 1].SameLabels,13:P3}";
            Console.WriteLine($"{Peer.Names[i],-12} {seconds[i],8:F3} {seconds[i] / seconds[0],9:F2} {memory[i] / 1e6,9:F0} {compared}");
        }

        WriteJson(arguments, seconds, memory);
        var equal = comparisons.TrueForAll(comparison => comparison.IsEqual);
        Console.WriteLine();
        Console.WriteLine($"peers: eager/ours={seconds[1] / seconds[0]:F2} onnxruntime/ours={seconds[2] / seconds[0]:F2} memory={(double)memory[0] / memory[1]:F2} outputs={(equal ? "equal" : "different")}");
        return equal ? 0 : 1;
    }

    /// <summary>In a process of its own: loads, segments one picture, and prints the peak.</summary>
    private static int PrintMemoryOf(string name, Arguments arguments, int threads, RgbImage picture)
    {
        using var peer = Peer.Load(name, arguments.Require("model"), threads);
        peer.Labels(picture);
        Console.WriteLine(Measurement.PeakResidentBytes().ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static long MemoryOf(string name, string model, int width, int height, int threads)
    {
        string[] words = ["peers", "--memory-of", name, "--model", model, "--size", $"{width}x{height}", "--threads", $"{threads}"];
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "FcnSharp.Benchmarks"), words)
        {
            UseShellExecute = false, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output.Trim(), CultureInfo.InvariantCulture);
    }

    private static void WriteJson(Arguments arguments, double[] seconds, List<long> memory)
    {
        if (arguments.Find("json") is not { } path)
        {
            return;
        }

        using var stream = File.Create(path);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        for (var i = 0; i < seconds.Length; i++)
        {
            json.WriteStartObject(Peer.Names[i]);
            json.WriteNumber("seconds", seconds[i]);
            json.WriteNumber("peak_bytes", memory[i]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

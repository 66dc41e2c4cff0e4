using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Compares two builds of the library, each in its own process, which segment one picture in turn, in the order A B B A. The ratio of a
/// pair is the second build's time divided by the first one's; its median is reported with a 95 % bootstrap interval (Efron, 1979).
/// </summary>
/// <remarks>eng/compare-speed.sh makes the builds.</remarks>
internal sealed class PairsCommand : Command
{
    private const int Resamples = 10_000;
    private const int WarmUp = 8;

    private static readonly ReportColumn[] Columns = [new("milliseconds", "median ms", "F1"), new("peak_mib", "peak MiB", "F1")];

    public override string Name => "pairs";

    public override string Usage =>
        "--before PROGRAM --after PROGRAM [--pairs N] [--size WIDTHxHEIGHT] [--model street|FILE] [--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options =>
        ["before", "after", "pairs", "size", .. BenchmarkModel.Options, .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var pairs = arguments.Count("pairs", 40);
        var (width, height) = arguments.FindSize("size") ?? (512, 512);
        var network = BenchmarkModel.From(arguments);
        using var model = BenchmarkModel.Saved(network.WithCard(network.Card with { WorkingSize = Math.Max(width, height) }));
        using var folder = new TemporaryFolder();
        BenchmarkPicture.Photo(width, height).Save(folder.At("photo.png"));

        using var before = new Build(arguments.Require("before"), model.Path, folder.At("photo.png"));
        using var after = new Build(arguments.Require("after"), model.Path, folder.At("photo.png"));
        var (times, ratios) = (new List<(double Before, double After)>(), new List<double>());
        for (var pair = 0; pair < WarmUp + pairs; pair++)
        {
            var time = pair % 2 == 0 ? (Before: before.Segment(), After: after.Segment()) : Reversed(before, after);
            if (pair >= WarmUp)
            {
                times.Add(time);
                ratios.Add(time.After / time.Before);
            }
        }

        var (low, high) = Interval(ratios);
        var report = new Report(
            Name,
            $"{BenchmarkModel.Describe(network)}, {width}x{height}, {pairs} pairs, {Environment.ProcessorCount} processors: {Processor()}",
            Columns);
        report.Row("before", Measurement.Median([.. times.Select(time => time.Before)]), before.PeakMebibytes());
        report.Row("after", Measurement.Median([.. times.Select(time => time.After)]), after.PeakMebibytes());
        report.Ratio("after/before", Measurement.Median([.. ratios]), "F3");
        report.Ratio("low", low, "F3");
        report.Ratio("high", high, "F3");
        report.Publish(arguments);
        return 0;
    }

    private static (double Before, double After) Reversed(Build before, Build after)
    {
        var second = after.Segment();
        return (before.Segment(), second);
    }

    /// <summary>The percentiles 2.5 and 97.5 of the medians of samples drawn with replacement, with a fixed seed.</summary>
    private static (double Low, double High) Interval(List<double> ratios)
    {
        var random = new Random(1);
        var medians = new double[Resamples];
        for (var i = 0; i < medians.Length; i++)
        {
            medians[i] = Measurement.Median([.. ratios.Select(_ => ratios[random.Next(ratios.Count)])]);
        }

        Array.Sort(medians);
        return (medians[(int)(0.025 * Resamples)], medians[(int)(0.975 * Resamples)]);
    }

    private static string Processor()
    {
        const string info = "/proc/cpuinfo";
        var lines = File.Exists(info) ? File.ReadLines(info) : [];
        return lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            ?? $"{RuntimeInformation.ProcessArchitecture}";
    }

    /// <summary>A process that segments the picture on request.</summary>
    private sealed class Build : IDisposable
    {
        private readonly Process process;

        public Build(string program, string model, string picture) => process = Process.Start(
            new ProcessStartInfo(program, [model, picture])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;

        public double Segment()
        {
            process.StandardInput.WriteLine();
            return Answer();
        }

        /// <summary>Ends the process.</summary>
        public double PeakMebibytes()
        {
            process.StandardInput.Close();
            return Answer() / (1 << 20);
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
        }

        private double Answer()
        {
            var line = process.StandardOutput.ReadLine() ?? throw new IOException("The process of a build ended too early.");
            return double.Parse(line, CultureInfo.InvariantCulture);
        }
    }
}

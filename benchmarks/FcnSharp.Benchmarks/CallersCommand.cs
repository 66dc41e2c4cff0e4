using FcnSharp.Engine;
using FcnSharp.Prediction;

namespace FcnSharp.Benchmarks;

/// <summary>Compares the throughput of a predictor that several threads call at once with that of one calling thread.</summary>
internal sealed class CallersCommand : Command
{
    private static readonly ReportColumn[] Columns = [
        new("pictures_per_second", "pictures/s", "F2"), new("to_one_caller", "to one caller", "F2")];

    public override string Name => "callers";

    public override string Usage => "[--callers N] [--pictures N] [--size WIDTHxHEIGHT] [--threads N] [--rounds N] [--model street|FILE] " +
        "[--width FACTOR] [--json FILE]";

    public override IReadOnlyCollection<string> Options =>
        ["callers", "pictures", "size", "threads", "rounds", .. BenchmarkModel.Options, .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var (width, height) = arguments.FindSize("size") ?? (512, 512);
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var rounds = arguments.Count("rounds", 6);
        var callers = arguments.Count("callers", 4);
        var each = arguments.Count("pictures", 3);
        var network = BenchmarkModel.From(arguments);
        using var predictor = FcnPredictor.Create(
            network, new PredictorOptions { WorkingSize = 0 }, new CpuEngineOptions { Threads = threads });
        var picture = BenchmarkPicture.Noise(width, height);

        var seconds = Measurement.Medians(rounds, () => Segment(callers * each), () => Together(callers, () => Segment(each)));

        var throughput = seconds.Select(time => callers * each / time).ToArray();
        var report = new Report(
            Name, $"{BenchmarkModel.Describe(network)}, {width}x{height}, {threads} threads, {callers * each} pictures, {rounds - 1} " +
                "rounds, medians", Columns);
        report.Row("1 caller", throughput[0], 1);
        report.Row($"{callers} callers", throughput[1], throughput[1] / throughput[0]);
        report.Ratio($"{callers}callers/1caller", throughput[1] / throughput[0]);
        report.Publish(arguments);
        return 0;

        void Segment(int times)
        {
            for (var i = 0; i < times; i++)
            {
                predictor.Segment(picture);
            }
        }
    }

    private static void Together(int callers, Action work)
    {
        var threads = Enumerable.Range(0, callers).Select(_ => new Thread(() => work())).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }
}

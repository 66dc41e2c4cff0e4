using System.Globalization;
using FcnSharp.Benchmarks.Training;
using FcnSharp.Data;
using FcnSharp.Networks;
using FcnSharp.Training;

namespace FcnSharp.Benchmarks;

/// <summary>
/// Compares <see cref="FcnTrainer"/> with the same loop in plain TorchSharp: same network, batch size, loss and optimizer. The plain loop
/// has ready batches; the trainer reads, decodes and augments pictures.
/// </summary>
/// <remarks>
/// A trainer cannot be paused between two steps without also pausing the threads that prefetch its batches. So each round is a short run
/// of both loops, one after the other; the first steps of each run, which allocate memory and prefetch batches, are dropped. The data set
/// has as many pictures as a run uses, so that the trainer decodes each one; later epochs of a real run find them in the cache. The order
/// of the two loops alternates; medians are reported. Ratios are those of speeds: above 1, the trainer is faster. The processor time of
/// all threads hardly depends on other programs on the machine.
/// </remarks>
internal sealed class TrainingCommand : Command
{
    private const string Trainer = "trainer";
    private const string Plain = "plain";
    private const int Dropped = 3;
    private const int StepsForMemory = 3;

    /// <summary>Options that are passed on to the child process that measures memory.</summary>
    private static readonly string[] OfTheRun = ["data", "trunk"];

    private static readonly ReportColumn[] Columns =
    [
        new("pictures_per_second", "pictures/s", "F2"),
        new("processor_seconds", "processor s/picture", "F3"),
        new("waiting_share", "waiting", "P2"),
        new("peak_megabytes", "peak MB", "F0"),
    ];

    public override string Name => "training";

    public override string Usage =>
        "[--trunk resnet18] [--data DIR] [--steps N] [--rounds N] [--threads N] [--json FILE], where DIR/camvid has train and trainannot " +
        "in it";

    public override IReadOnlyCollection<string> Options => ["trunk", "data", "steps", "rounds", "threads", "memory-of", .. Report.Options];

    public override int Run(Arguments arguments)
    {
        var steps = arguments.Count("steps", 10);
        var rounds = arguments.Count("rounds", 5);
        var preset = arguments.Find("trunk") switch
        {
            null => TrainingOptions.FromScratch,
            "resnet18" => OnResNet18(),
            _ => throw arguments.Refuse("--trunk takes resnet18"),
        };
        var options = Fair(preset) with { Threads = arguments.Count("threads", Environment.ProcessorCount) };
        using var folder = new TemporaryFolder();
        var dataset = DatasetOf(arguments, folder, options.BatchSize * (Dropped + steps));
        if (arguments.Find("memory-of") is { } single)
        {
            Run(single, options, dataset);
            Console.WriteLine(Measurement.PeakResidentBytes().ToString(CultureInfo.InvariantCulture));
            return 0;
        }

        using var plain = new PlainLoop(options, dataset);
        var trainer = new TrainerRun(options, dataset);
        var found = Enumerable.Range(0, rounds).Select(round => Round.Of(trainer, plain, steps, plainFirst: round % 2 == 1)).ToList();
        Publish(arguments, options, dataset, found, steps);
        return 0;
    }

    /// <summary>A preset without class weights, averaged weights and gradient clipping, which the plain loop lacks.</summary>
    private static TrainingOptions Fair(TrainingOptions preset) => preset with
    {
        Loss = new LossOptions(),
        Optimizer = preset.Optimizer with { MaxGradientNorm = null },
        AverageDecay = null,
        CheckPictures = false,
    };

    /// <summary>An FCN-8s on a ResNet-18. The values of its weights do not influence the time of a step.</summary>
    private static TrainingOptions OnResNet18()
    {
        var network = BenchmarkModel.Filled(new FcnOptions { Trunk = ResNetTrunkOptions.ResNet18 });
        return TrainingOptions.FromTrunk(network) with { Network = network.Options };
    }

    private static ISegmentationDataset DatasetOf(Arguments arguments, TemporaryFolder folder, int pictures) =>
        arguments.Find("data") is { } data
            ? new CamVidDataset(Path.Combine(data, "camvid"), "train")
            : DrawnStreets.In(folder.Path, pictures);

    private static void Publish(Arguments arguments, TrainingOptions options, ISegmentationDataset dataset, List<Round> rounds, int steps)
    {
        var pictures = (double)options.BatchSize * steps;
        var (trainerMemory, plainMemory) = (MemoryOf(Trainer, arguments), MemoryOf(Plain, arguments));
        var waiting = Median(round => round.WaitingShare);
        var (crop, network) = (options.Augmentation, options.Network!);
        var report = new Report(
            "training",
            $"{BenchmarkModel.Describe(network with { NumClasses = dataset.Classes.Count })}, batch norm, " +
            $"{options.BatchSize} crops of {crop.CropWidth}x{crop.CropHeight}, {options.Optimizer.Kind}, {options.Threads} " +
            $"threads, {rounds.Count} rounds of {steps} steps, medians",
            Columns);
        report.Row("FcnTrainer", Median(round => pictures / round.Trainer.Seconds),
            Median(round => round.Trainer.ProcessorSeconds / pictures), waiting, trainerMemory / 1e6);
        report.Row("plain TorchSharp", Median(round => pictures / round.Plain.Seconds),
            Median(round => round.Plain.ProcessorSeconds / pictures), null, plainMemory / 1e6);
        report.Ratio("ours/plain", Median(round => round.Plain.Seconds / round.Trainer.Seconds));
        report.Ratio("processor", Median(round => round.Plain.ProcessorSeconds / round.Trainer.ProcessorSeconds));
        report.Ratio("waiting", waiting, "0.0%");
        report.Ratio("memory", trainerMemory / plainMemory);
        report.Publish(arguments);

        double Median(Func<Round, double> value) => Measurement.Median([.. rounds.Select(value)]);
    }

    private static void Run(string single, TrainingOptions options, ISegmentationDataset dataset)
    {
        if (single == Trainer)
        {
            new TrainerRun(options, dataset).Run(Dropped, StepsForMemory);
            return;
        }

        using var loop = new PlainLoop(options, dataset);
        loop.Run(Dropped, StepsForMemory);
    }

    /// <summary>The peak memory of a separate process for one loop.</summary>
    private static double MemoryOf(string single, Arguments arguments)
    {
        string[] same = [.. OfTheRun.Where(name => arguments.Find(name) is not null)
            .SelectMany(name => new[] { $"--{name}", arguments.Find(name)! })];
        var threads = arguments.Count("threads", Environment.ProcessorCount);
        var (output, _) = ChildProgram.Run(
            ChildProgram.Self, ["training", "--memory-of", single, "--steps", $"{StepsForMemory}", "--threads", $"{threads}", .. same]);
        return double.Parse(output.Trim(), CultureInfo.InvariantCulture);
    }

    private sealed record Round(Cost Trainer, Cost Plain, double WaitingShare)
    {
        public static Round Of(TrainerRun trainer, PlainLoop plain, int steps, bool plainFirst)
        {
            var before = plainFirst ? plain.Run(Dropped, steps) : default;
            var ours = trainer.Run(Dropped, steps);
            return new Round(ours, plainFirst ? before : plain.Run(Dropped, steps), trainer.WaitingShare);
        }
    }
}

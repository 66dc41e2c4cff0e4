#:project ../src/FcnSharp/FcnSharp.csproj
#:package TorchSharp-cpu
#:property PublishAot=false
#:property NoWarn=MA0047

// The recipe of the street-scenes model: a narrow FCN-8s, from scratch, on CamVid train mixed with LabelMeFacade, judged on CamVid val.
// Run: eng/train-street-scenes.sh DIR [--minutes N | --epochs N] [--out FOLDER] [--threads N]
// The folder gets checkpoints, curves (training.csv, validation.csv, TensorBoard), sample predictions and, at the end,
// street-scenes.safetensors in half precision.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Training;

const string Usage = "usage: eng/train-street-scenes.sh DIR [--minutes N | --epochs N] [--out FOLDER] [--threads N]";

if (args is not [var data, .. var rest] || Settings.Parse(rest) is not { } settings)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

try
{
    var training = new CombinedDataset(
    [
        new CamVidDataset(Path.Combine(data, "camvid"), "train"),
        new FolderDataset(Path.Combine(data, "labelmefacade"), new FolderDatasetOptions { Classes = ClassList.CamVid, IgnoreId = 11 }),
    ]);
    var validation = new CamVidDataset(Path.Combine(data, "camvid"), "val");

    var schedule = Schedule.For(settings, Coarse(settings), Fine(settings), training);
    Console.WriteLine($"{training.Count} pictures, {schedule.CoarseEpochs} coarse and {schedule.FineEpochs} fine epochs, " +
        $"into {settings.Folder}");

    var coarse = FcnTrainer.Run(
        training, Coarse(settings) with { Epochs = schedule.CoarseEpochs, Folder = Path.Combine(settings.Folder, "coarse") },
        progress: new Line("coarse"), cancellationToken: stop.Token);
    var result = FcnTrainer.Run(
        training, Fine(settings) with { Start = coarse.Network, Epochs = schedule.FineEpochs,
            Folder = Path.Combine(settings.Folder, "fine") }, validation, new Line("fine"), stop.Token);

    var file = Path.Combine(settings.Folder, "street-scenes.safetensors");
    result.Network.Save(file, WeightPrecision.Float16);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{file}: {new FileInfo(file).Length} bytes, CamVid val mean IoU {result.Scores!.MeanIoU:F4}, " +
        $"pixel accuracy {result.Scores.PixelAccuracy:F4}"));
    return 0;
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped; the same command goes on from here");
    return 130;
}
catch (Exception error) when (error is DatasetException or TrainingException or IOException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// Shapes and layout of a street, from small pictures: more than twice as many in the same time.
static TrainingOptions Coarse(Settings settings) => TrainingOptions.FromScratch with
{
    Network = new FcnOptions
    {
        Trunk = new VggTrunkOptions
        {
            Widths = new VggWidths { Stage1 = 24, Stage2 = 48, Stage3 = 96, Stage4 = 192, Stage5 = 192, Head = 384 },
            BatchNorm = true,
        },
    },
    Learning = new FcnLearningOptions { Dropout = 0.1 },
    Normalization = Normalization.ImageNet,
    WorkingSize = 480,
    BatchSize = 12,
    Augmentation = AugmentationOptions.Default with { MinScale = 0.4, MaxScale = 1, CropWidth = 160, CropHeight = 160 },
    Loss = new LossOptions { Weighting = ClassWeighting.InverseLog },
    Optimizer = new OptimizerOptions
    {
        Kind = OptimizerKind.AdamW,
        LearningRate = 2e-3,
        WeightDecay = 1e-2,
        BiasRateFactor = 1,
        MaxGradientNorm = 5,
    },
    Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmUpSteps = 200, FinalFactor = 0.1 },
    AverageDecay = 0.995,
    Threads = settings.Threads,
    Name = "Street scenes FCN-8s",
    License = "CC-BY-NC-4.0: trained on CamVid and LabelMeFacade, which are for non-commercial and research use; see LICENSE-WEIGHTS.txt.",
};

// Then the size at which it will be used.
static TrainingOptions Fine(Settings settings)
{
    var coarse = Coarse(settings);
    return coarse with
    {
        BatchSize = 8,
        Augmentation = coarse.Augmentation with { MinScale = 0.7, MaxScale = 1.6, CropWidth = 256, CropHeight = 256 },
        Optimizer = coarse.Optimizer with { LearningRate = 1e-3 },
        Schedule = coarse.Schedule with { WarmUpSteps = 50, FinalFactor = 0 },
    };
}

/// <summary>How many epochs each part gets: half of the minutes each, by the pace of a few steps, decided once. A run that goes on reads
/// what was decided.</summary>
internal sealed record Schedule(int CoarseEpochs, int FineEpochs)
{
    private const int TrialSteps = 12;

    // At the pace that was measured, an epoch of the fine part takes two and a half times as long.
    private const double FineShare = 0.4;

    public static Schedule For(Settings settings, TrainingOptions coarse, TrainingOptions fine, CombinedDataset training)
    {
        var decided = Path.Combine(settings.Folder, "epochs.txt");
        if (!File.Exists(decided))
        {
            int[] epochs = settings.Epochs is { } count
                ? [count, Math.Max(1, (int)(count * FineShare))]
                : [EpochsIn(settings.Minutes / 2, coarse, training), EpochsIn(settings.Minutes / 2, fine, training)];
            Directory.CreateDirectory(settings.Folder);
            File.WriteAllText(decided, string.Join(' ', epochs));
        }

        var numbers = File.ReadAllText(decided).Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return new Schedule(numbers[0], numbers[1]);
    }

    private static int EpochsIn(double minutes, TrainingOptions options, CombinedDataset training)
    {
        var trial = FcnTrainer.Run(training, options with { Steps = TrialSteps, CheckPictures = false, Loss = new LossOptions() });
        var secondsPerEpoch = trial.TrainingTime.TotalSeconds / TrialSteps * training.Count / options.BatchSize;
        return Math.Max(1, (int)(minutes * 60 / secondsPerEpoch));
    }
}

internal sealed record Settings(double Minutes, int? Epochs, string Folder, int Threads)
{
    public static Settings? Parse(string[] arguments)
    {
        var settings = new Settings(Minutes: 60, Epochs: null, "street-scenes-run", Environment.ProcessorCount);
        for (var at = 0; at < arguments.Length; at += 2)
        {
            if (at + 1 == arguments.Length)
            {
                return null;
            }

            var value = arguments[at + 1];
            var number = double.TryParse(value, CultureInfo.InvariantCulture, out var parsed) && parsed >= 1 ? parsed : (double?)null;
            switch (arguments[at], number)
            {
                case ("--minutes", { } minutes): settings = settings with { Minutes = minutes }; break;
                case ("--epochs", { } epochs): settings = settings with { Epochs = (int)epochs }; break;
                case ("--threads", { } threads): settings = settings with { Threads = (int)threads }; break;
                case ("--out", _): settings = settings with { Folder = value }; break;
                default: return null;
            }
        }

        return settings;
    }
}

/// <summary>A line now and then: how far, and what the last evaluation found.</summary>
internal sealed class Line(string part) : IProgress<TrainingProgress>
{
    private readonly Stopwatch sinceLast = Stopwatch.StartNew();

    public void Report(TrainingProgress value)
    {
        if (value.Warning is { } warning)
        {
            Console.WriteLine(warning);
        }

        if (sinceLast.Elapsed < TimeSpan.FromSeconds(10) && value.Step < value.StepCount)
        {
            return;
        }

        sinceLast.Restart();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{part} epoch {value.Epoch} step {value.Step}/{value.StepCount} loss {value.Loss:F3} " +
            $"rate {value.LearningRate:E1} {value.PicturesPerSecond:F1} pictures/s waiting {value.WaitingShare:P1} " +
            $"left {value.TimeLeft:hh\\:mm\\:ss} val mean IoU {value.Validation?.MeanIoU:F4} pixel {value.Validation?.PixelAccuracy:F4}"));
    }
}

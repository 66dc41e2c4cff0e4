#:project ../src/FcnSharp/FcnSharp.csproj
#:package TorchSharp-cpu
#:property PublishAot=false
#:property NoWarn=MA0047

// The recipe of the street-scenes model: an FCN-8s on the ImageNet ResNet-18, its last stage shortened, then an FCN-4s from it, on CamVid
// train and LabelMeFacade, validated on CamVid val and on towns that are not in the training set. With --from MODEL, the training
// continues from an FCN-4s of an earlier run instead.
// Run: eng/train-street-scenes.sh DIR [--minutes N | --epochs N] [--from MODEL] [--out FOLDER] [--threads N]
// The folder gets checkpoints, curves (training.csv, validation.csv, TensorBoard), sample predictions and, at the end,
// street-scenes.safetensors in half precision and scores.csv.

using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using FcnSharp.Data;
using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Training;
using FcnSharp.Weights;

const string Usage = "usage: eng/train-street-scenes.sh DIR [--minutes N | --epochs N] [--from MODEL] [--out FOLDER] [--threads N]";

if (args is not [var data, var trunkFile, var roads, .. var rest] || Settings.Parse(rest) is not { } settings)
{
    Console.Error.WriteLine(Usage);
    return 2;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);

try
{
    Directory.CreateDirectory(settings.Folder);
    var pictures = Pictures.Open(data, roads, settings);
    var first = Checkpoint.Load(settings.From ?? trunkFile).Network;
    Part[] parts = settings.From is null
        ? [new("eight", 0.38, start => EightOn(start, settings)), new("four", 0.62, start => FourOn(start, settings))]
        : [new("on", 1, start => OnFrom(start, settings)) { OfSchedule = 0.64 }];
    var schedule = Schedule.For(settings, parts, first, pictures.Training);
    Console.WriteLine(
        $"{pictures.Training.Count} pictures an epoch, {string.Join(" and ", schedule.Epochs)} epochs, into {settings.Folder}");

    var networks = new List<(string Part, FcnNetwork Network)>();
    foreach (var (part, epochs) in parts.Zip(schedule.Epochs))
    {
        var options = part.Options(networks is [.., var before] ? before.Network : first);
        var steps = (long)epochs * (pictures.Training.Count / options.BatchSize);
        options = options with
        {
            Steps = (long)Math.Round(part.OfSchedule * steps),
            Schedule = options.Schedule with { Steps = steps },
            Folder = Path.Combine(settings.Folder, part.Name),
        };
        networks.Add((part.Name, FcnTrainer.Run(pictures.Training, options, pictures.Validation, new Line(part.Name), stop.Token).Network));
    }

    var file = Path.Combine(settings.Folder, "street-scenes.safetensors");
    Package.Write(networks[^1].Network, file, pictures, settings, stop.Token);
    Scores.Write(
        Path.Combine(settings.Folder, "scores.csv"),
        [.. networks.SkipLast(1), (networks[^1].Part, FcnNetwork.Load(file))],
        pictures,
        stop.Token);
    return 0;
}
catch (OperationCanceledException)
{
    Console.WriteLine("stopped; the same command goes on from here");
    return 130;
}
catch (Exception error) when (error is DatasetException or TrainingException or IOException or ArgumentException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}

void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

// First part: an FCN-8s at the size of CamVid's pictures. The trunk's last stage keeps one of its blocks, which saves half of the weights
// at the smallest loss of accuracy.
static TrainingOptions EightOn(FcnNetwork trunk, Settings settings) => TrainingOptions.FromTrunk(trunk) with
{
    Network = new FcnOptions { Trunk = ResNetTrunkOptions.ResNet18Onnx with { Blocks = new(2, 2, 2, 1) } },
    WorkingSize = 480,
    BatchSize = 8,
    Loss = new LossOptions { Weighting = ClassWeighting.InverseLog, InverseLogOffset = 1.1 },
    EvaluationInterval = 280,
    CheckpointInterval = TimeSpan.FromMinutes(3),
    Threads = settings.Threads,
    Name = "Street scenes FCN-8s",
    License = "CC-BY-NC-4.0: trained on CamVid and LabelMeFacade, which are for non-commercial and research use; see LICENSE-WEIGHTS.txt.",
};

// Second part, for thin objects: one more skip, from stride 4, and pictures scaled by 1.5, to the scale of its use.
static TrainingOptions FourOn(FcnNetwork eight, Settings settings)
{
    var before = EightOn(eight, settings);
    return before with
    {
        Network = new FcnOptions { Trunk = before.Network!.Trunk, Variant = FcnVariant.Fcn4s },
        WorkingSize = 720,
        BatchSize = 6,
        Augmentation = before.Augmentation with { MinScale = 0.9, MaxScale = 2.4, CropWidth = 400, CropHeight = 400 },
        Optimizer = before.Optimizer with { LearningRate = 5e-4, TrunkRateFactor = 0.5 },
        Name = "Street scenes FCN-4s",
    };
}

// Continued training on larger crops and a wider range of scales: walls and ground are told apart by the whole picture rather than by a
// close view of stones, and sharp pictures at the working size look like these pictures at their own size. Pictures of other towns are
// repeated more often. The class weights are set by hand: large for thin or rare classes, and larger for the ground than for the objects
// on it.
static TrainingOptions OnFrom(FcnNetwork four, Settings settings)
{
    var before = FourOn(four, settings);
    return before with
    {
        BatchSize = 5,
        Augmentation = before.Augmentation with
        {
            MinScale = 0.7, MaxScale = 2.1, CropWidth = 448, CropHeight = 448, ShadowChance = 0.5,
        },
        Optimizer = before.Optimizer with { LearningRate = 4e-4 },

        // Sky, building, pole, road, pavement, tree, sign, fence, car, pedestrian, bicyclist.
        Loss = new LossOptions
        {
            Weighting = ClassWeighting.Given, ClassWeights = [1, 0.85, 3, 1.3, 1.8, 1, 2.5, 1.8, 1.3, 2.2, 2.2],
        },
    };
}

/// <summary>A part of the training: its share of the minutes, and its options for the network of the previous part.</summary>
internal sealed record Part(string Name, double OfMinutes, Func<FcnNetwork, TrainingOptions> Options)
{
    /// <summary>The fraction of the schedule that is run. A learning rate that falls to zero fits CamVid better and other towns
    /// worse.</summary>
    public double OfSchedule { get; init; } = 1;
}

/// <summary>The data sets: for training, for the choice of the best weights, and for neither of them, as labelled and with corrected
/// labels.</summary>
internal sealed record Pictures(
    CombinedDataset Training, CamVidDataset CamVid, FolderDataset Facade, CamVidDataset Validation, FolderDataset OtherTowns,
    FolderDataset CorrectedTowns)
{
    /// <summary>Opens the data sets. CamVid is repeated twice at first, so that about two of three pictures are CamVid's; in continued
    /// training, CamVid is repeated three times and the other towns twice, and roads that are labelled as trees are corrected.</summary>
    public static Pictures Open(string data, string roads, Settings settings)
    {
        var camVid = new CamVidDataset(Path.Combine(data, "camvid"), "train");
        var towns = Path.GetFullPath(Path.Combine(data, "labelmefacade", "other-towns.txt"));
        var ours = Path.GetFullPath(Path.Combine(settings.Folder, "labelmefacade.txt"));
        var all = Towns(data, splitFile: null);
        File.WriteAllLines(ours, Enumerable.Range(0, all.Count).Select(all.NameOf).Except(File.ReadAllLines(towns)));
        var corrected = Roads.Correct(all, roads, Path.GetFullPath(Path.Combine(settings.Folder, "labels")));
        var facade = settings.From is null ? Towns(data, ours) : Towns(data, ours, corrected);
        return new Pictures(
            new CombinedDataset(settings.From is null ? [camVid, camVid, facade] : [camVid, camVid, camVid, facade, facade]),
            camVid,
            facade,
            new CamVidDataset(Path.Combine(data, "camvid"), "val"),
            Towns(data, towns),
            Towns(data, towns, corrected));
    }

    /// <summary>The name of a data set in tables.</summary>
    public static string NameOf(ISegmentationDataset dataset, Pictures pictures) =>
        dataset == pictures.Validation ? "CamVid val"
        : dataset == pictures.OtherTowns ? "other towns"
        : "other towns corrected";

    private static FolderDataset Towns(string data, string? splitFile, string masks = "labels") => new(
        Path.Combine(data, "labelmefacade"),
        new FolderDatasetOptions { Classes = ClassList.CamVid, IgnoreId = 11, SplitFile = splitFile, Masks = masks });
}

/// <summary>
/// Corrects a mistake in the labels of LabelMeFacade: in some pictures the road is labelled as trees, probably because its annotator
/// called it "street", a word that contains "tree". The table has a pixel of each such region, the first one of its highest row: from
/// there down, the region is road.
/// </summary>
internal static class Roads
{
    private const byte Road = 3, Tree = 5;

    /// <summary>Writes the masks of a data set to a folder, with the regions of the table corrected.</summary>
    /// <returns>The folder.</returns>
    public static string Correct(FolderDataset dataset, string table, string folder)
    {
        var regions = File.ReadLines(table).Skip(1).Select(line => line.Split('\t')).ToLookup(cells => cells[0]);
        Directory.CreateDirectory(folder);
        for (var i = 0; i < dataset.Count; i++)
        {
            var mask = dataset.Load(i).Labels;
            var labels = mask.Labels.ToArray();
            foreach (var cells in regions[dataset.NameOf(i)])
            {
                var (x, y) = (int.Parse(cells[1], CultureInfo.InvariantCulture), int.Parse(cells[2], CultureInfo.InvariantCulture));
                Fill(labels, mask.Width, (y * mask.Width) + x, from: y * mask.Width);
            }

            new LabelMap(labels, mask.Width, mask.Height).Save(Path.Combine(folder, $"{dataset.NameOf(i)}.png"), ClassList.CamVid.Palette);
        }

        return folder;
    }

    /// <summary>Makes road of the tree pixels that are connected to a pixel, from an index on.</summary>
    private static void Fill(byte[] labels, int width, int seed, int from)
    {
        var open = new Stack<int>([seed]);
        while (open.TryPop(out var at))
        {
            if (at < from || at >= labels.Length || labels[at] != Tree)
            {
                continue;
            }

            labels[at] = Road;
            open.Push(at - width);
            open.Push(at + width);
            if (at % width > 0)
            {
                open.Push(at - 1);
            }

            if (at % width < width - 1)
            {
                open.Push(at + 1);
            }
        }
    }
}

/// <summary>The number of epochs of each part, from the time of a few trial steps. It is stored in the folder, so that a resumed run uses
/// the same number.</summary>
internal sealed record Schedule(int[] Epochs)
{
    private const int TrialSteps = 12;

    public static Schedule For(Settings settings, Part[] parts, FcnNetwork first, CombinedDataset training)
    {
        var decided = Path.Combine(settings.Folder, "epochs.txt");
        if (!File.Exists(decided))
        {
            var epochs = parts.Select(part =>
                settings.Epochs ?? EpochsIn(settings.Minutes * part.OfMinutes, part.Options(first), training));
            File.WriteAllText(decided, string.Join(' ', epochs));
        }

        return new Schedule(
            [.. File.ReadAllText(decided).Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture))]);
    }

    private static int EpochsIn(double minutes, TrainingOptions options, CombinedDataset training)
    {
        var trial = FcnTrainer.Run(training, options with { Steps = TrialSteps, CheckPictures = false, Loss = new LossOptions() });
        var secondsPerEpoch = trial.TrainingTime.TotalSeconds / TrialSteps * training.Count / options.BatchSize;
        return Math.Max(1, (int)(minutes * 60 / secondsPerEpoch));
    }
}

/// <summary>Writes the model file: half precision, a temperature that calibrates the confidence, and a card with the scores.</summary>
internal static class Package
{
    /// <summary>Between the size of CamVid's pictures, at which thin objects are lost, and 720, at which walls and ground are
    /// confused.</summary>
    private const int WorkingSize = 540;

    public static void Write(FcnNetwork network, string file, Pictures pictures, Settings settings, CancellationToken token)
    {
        network = network.WithCard(network.Card with { WorkingSize = WorkingSize });
        network = settings.From is null ? network : Priors.Fit(network, [pictures.CamVid, pictures.Facade], token);

        // Loaded again, so that the weights in half precision are evaluated.
        network.Save(file, WeightPrecision.Float16);
        network = FcnNetwork.Load(file);

        var probabilities = new PredictorOptions { Confidence = true, Probabilities = true };
        double temperature;
        using (var predictor = FcnPredictor.Create(network, probabilities))
        {
            temperature = Math.Round(TemperatureScaling.Fit(predictor, pictures.Validation, token), 3);
        }

        var calibrated = network.WithCard(network.Card with { Temperature = temperature });
        foreach (var (name, judged) in new[] { ("before", network), ("after", calibrated) })
        {
            using var predictor = FcnPredictor.Create(judged, new PredictorOptions { Confidence = true });
            foreach (var dataset in new ISegmentationDataset[] { pictures.Validation, pictures.OtherTowns })
            {
                var error = Evaluator.Run(predictor, dataset, cancellationToken: token).Calibration!.ExpectedCalibrationError;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"calibration {name}, temperature {judged.Card.Temperature ?? 1}, {Pictures.NameOf(dataset, pictures)}: " +
                    $"expected error {error:F4}"));
            }
        }

        var (val, towns) = (Metrics(pictures.Validation), Metrics(pictures.OtherTowns));
        calibrated.WithCard(calibrated.Card with
        {
            Training = $"From the ImageNet ResNet-18 of Microsoft.ML.DnnImageFeaturizer.ResNet18 (MIT), on CamVid train " +
                $"(367 pictures) and {pictures.Facade.Count} pictures of LabelMeFacade, by eng/train-street-scenes.sh " +
                $"{settings.Described}{(settings.From is null ? "" : ", from the file of an earlier run")}.",
            Scores = string.Create(CultureInfo.InvariantCulture,
                $"CamVid val (101 pictures): mean IoU {val.MeanIoU:F3}, pixel accuracy {val.PixelAccuracy:F3}; by class " +
                $"{string.Join(", ", val.Classes.Select((item, id) => Class(id, item.IoU)))}. " +
                $"Other towns (66 pictures of LabelMeFacade): pixel accuracy {towns.PixelAccuracy:F3}. " +
                $"Weak on poles, signs and people that are far away; not for rooms, landscapes, night or snow."),
        }).Save(file, WeightPrecision.Float16);
        Console.WriteLine($"{file}: {new FileInfo(file).Length} bytes");

        SegmentationMetrics Metrics(ISegmentationDataset dataset)
        {
            using var predictor = FcnPredictor.Create(calibrated);
            return Evaluator.Run(predictor, dataset, cancellationToken: token).Metrics;
        }

        static string Class(int id, double? value) =>
            string.Create(CultureInfo.InvariantCulture, $"{ClassList.CamVid[id].Name} {value:F2}");
    }
}

/// <summary>
/// Corrects what the class weights of the loss do to frequent classes: adds a bias to the scores of the classes that all data sets label,
/// so that their mean probability over the training pictures equals their share of the labels. These are the biases of the largest
/// likelihood.
/// </summary>
internal static class Priors
{
    private const int Iterations = 30;
    private const int PixelStep = 8;
    private const string LastBias = "upscore_2b.bias";

    /// <summary>Sky, building, road, pavement, tree, car.</summary>
    private static readonly int[] LabelledEverywhere = [0, 1, 3, 4, 5, 8];

    /// <param name="network">The network; its card has the working size and no temperature.</param>
    /// <param name="datasets">Training pictures; each data set counts the same.</param>
    /// <param name="token">Cancels the computation.</param>
    public static FcnNetwork Fit(FcnNetwork network, ISegmentationDataset[] datasets, CancellationToken token)
    {
        var biases = new double[network.Options.NumClasses];
        var samples = datasets.Select(dataset => Sample(network, dataset, token)).ToArray();
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var means = samples.Select(sample => sample.Means(biases)).ToArray();
            foreach (var id in LabelledEverywhere)
            {
                biases[id] += Math.Log(samples.Sum(sample => sample.Shares[id]) / means.Sum(mean => mean[id]));
            }
        }

        Console.WriteLine($"biases {string.Join(", ", LabelledEverywhere.Select(id => string.Create(
            CultureInfo.InvariantCulture, $"{ClassList.CamVid[id].Name} {biases[id]:+0.00;-0.00}")))}");
        var bias = network[LastBias];
        var shifted = bias.Values.ToArray().Zip(biases, (value, shift) => (float)(value + shift)).ToArray();
        return new FcnNetwork(
            network.Options,
            network.Tensors.Select(tensor => tensor.Name == LastBias ? new NamedTensor(LastBias, bias.Shape, shifted) : tensor),
            network.Card);
    }

    /// <summary>The probabilities of every eighth labelled pixel of every eighth row.</summary>
    private static Sampled Sample(FcnNetwork network, ISegmentationDataset dataset, CancellationToken token)
    {
        using var predictor = FcnPredictor.Create(network, new PredictorOptions { Probabilities = true });
        var probabilities = new List<float[]>();
        var counts = new double[network.Options.NumClasses];
        for (var i = 0; i < dataset.Count; i++)
        {
            var (_, picture, labels) = dataset.Load(i);
            var all = predictor.Segment(picture, token).Probabilities!;
            for (var y = 0; y < labels.Height; y += PixelStep)
            {
                for (var x = 0; x < labels.Width; x += PixelStep)
                {
                    if (labels[x, y] < counts.Length)
                    {
                        counts[labels[x, y]]++;
                        probabilities.Add([.. Enumerable.Range(0, counts.Length).Select(id => all[id, x, y])]);
                    }
                }
            }
        }

        return new Sampled(probabilities, [.. counts.Select(count => count / probabilities.Count)]);
    }

    /// <summary>Probabilities of pixels, and the shares of the classes in their labels.</summary>
    private sealed record Sampled(List<float[]> Probabilities, double[] Shares)
    {
        /// <summary>The mean probability of each class after biases are added to the scores.</summary>
        public double[] Means(double[] biases)
        {
            var factors = biases.Select(Math.Exp).ToArray();
            var means = new double[biases.Length];
            foreach (var pixel in Probabilities)
            {
                var sum = 0.0;
                for (var id = 0; id < factors.Length; id++)
                {
                    sum += factors[id] * pixel[id];
                }

                for (var id = 0; id < factors.Length; id++)
                {
                    means[id] += factors[id] * pixel[id] / (sum * Probabilities.Count);
                }
            }

            return means;
        }
    }
}

/// <summary>Writes the scores of the networks at several working sizes, and of the last one in the accurate mode, on all data sets that
/// are not for training, one per line.</summary>
internal static class Scores
{
    private static readonly (string Name, PredictorOptions Options)[] Modes =
    [
        ("480", new PredictorOptions { WorkingSize = 480 }),
        ("540", new PredictorOptions { WorkingSize = 540 }),
        ("600", new PredictorOptions { WorkingSize = 600 }),
        ("720", new PredictorOptions { WorkingSize = 720 }),
        ("540 accurate", new PredictorOptions { WorkingSize = 540, TestTimeAugmentation = TestTimeAugmentation.Accurate }),
    ];

    public static void Write(string path, (string Part, FcnNetwork Network)[] networks, Pictures pictures, CancellationToken token)
    {
        using var file = new StreamWriter(path);
        Line($"part,working size,pictures,mean IoU,pixel accuracy,{string.Join(',', ClassList.CamVid.Select(info => info.Name))}");
        foreach (var (part, network) in networks.Reverse())
        {
            foreach (var (mode, options) in part == networks[^1].Part ? Modes : Modes.SkipLast(1))
            {
                using var predictor = FcnPredictor.Create(network, options);
                foreach (var dataset in new ISegmentationDataset[] { pictures.Validation, pictures.OtherTowns, pictures.CorrectedTowns })
                {
                    var metrics = Evaluator.Run(predictor, dataset, cancellationToken: token).Metrics;
                    Line(string.Create(CultureInfo.InvariantCulture,
                        $"{part},{mode},{Pictures.NameOf(dataset, pictures)},{metrics.MeanIoU:F4},{metrics.PixelAccuracy:F4}," +
                        $"{string.Join(',', metrics.Classes.Select(item => item.IoU?.ToString("F3", CultureInfo.InvariantCulture)))}"));
                }
            }
        }

        void Line(string text)
        {
            file.WriteLine(text);
            file.Flush();
            Console.WriteLine(text);
        }
    }
}

internal sealed record Settings(double Minutes, int? Epochs, string? From, string Folder, int Threads)
{
    /// <summary>The duration, as on the command line.</summary>
    public string Described =>
        Epochs is { } count ? $"--epochs {count}" : string.Create(CultureInfo.InvariantCulture, $"--minutes {Minutes}");

    public static Settings? Parse(string[] arguments)
    {
        var settings = new Settings(Minutes: 60, Epochs: null, From: null, "street-scenes-run", Environment.ProcessorCount);
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
                case ("--from", _): settings = settings with { From = value }; break;
                case ("--out", _): settings = settings with { Folder = value }; break;
                default: return null;
            }
        }

        return settings;
    }
}

/// <summary>Prints a line from time to time, with the progress and the last validation scores.</summary>
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

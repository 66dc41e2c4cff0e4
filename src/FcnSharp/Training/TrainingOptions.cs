using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>The options of a training run. Start from a preset and change a copy with <c>with</c>. Immutable.</summary>
/// <remarks>
/// A run depends only on these options and its pictures: the same options give the same weights, whether or not the run was interrupted;
/// on the CPU with the same number of threads they are bit-identical.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>
    /// The published recipe: FCN-32s, then FCN-16s, then FCN-8s, each initialised from the one before; 100 000 steps of one whole picture
    /// per stage, summed loss, SGD with momentum 0.99, a learning rate of 1e-10, divided by 100 in each further stage. Set
    /// <see cref="Start"/> to VGG-16's weights: without them the network learns almost nothing (Long, Shelhamer and Darrell, 2015, section
    /// 4; the authors' prototxt files).
    /// </summary>
    public static TrainingOptions PaperStaged { get; } = new()
    {
        Network = new FcnOptions { Layout = FcnLayout.Original },
        Staged = true,
        StageRateFactor = 0.01,
        Steps = 100_000,
        BatchSize = 1,
        Augmentation = AugmentationOptions.None,
        Loss = new LossOptions { Reduction = LossReduction.Sum },
        Optimizer = new OptimizerOptions
        {
            Kind = OptimizerKind.Sgd,
            LearningRate = 1e-10,
            Momentum = 0.99,
            WeightDecay = 5e-4,
            BiasRateFactor = 2,
        },
        Schedule = new ScheduleOptions { Kind = ScheduleKind.Constant },
        AverageDecay = null,
        Learning = new FcnLearningOptions(),
        EvaluationInterval = 4000,
    };

    /// <summary>
    /// The published recipe without stages: FCN-8s with its skips scaled down, 300 000 steps of one whole picture, otherwise like
    /// <see cref="PaperStaged"/>. Set <see cref="Start"/> to VGG-16's weights.
    /// </summary>
    public static TrainingOptions PaperAtOnce { get; } = PaperStaged with
    {
        Network = new FcnOptions { Layout = FcnLayout.Original, AtOnce = true },
        Staged = false,
        Steps = 300_000,
    };

    /// <summary>
    /// Training without pretrained weights: a narrow FCN-8s with batch normalisation, AdamW, a cosine schedule with warm-up, augmented
    /// crops of 256 pixels, higher weights for rare classes, averaged weights. Suitable for a few hundred pictures and more.
    /// </summary>
    public static TrainingOptions FromScratch { get; } = new();

    /// <summary>
    /// Continues from a trained network, for other pictures or other classes: like <see cref="FromScratch"/>, but with a tenth of the
    /// learning rate and fewer epochs. If the number of classes differs from the network's, its score and upsampling layers are
    /// reinitialised, with a warning.
    /// </summary>
    /// <param name="network">The network; it is not changed.</param>
    public static TrainingOptions FineTune(FcnNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return FromScratch with
        {
            Start = network,
            Network = null,
            Epochs = 30,
            Optimizer = FromScratch.Optimizer with { LearningRate = FromScratch.Optimizer.LearningRate / 10 },
        };
    }

    /// <summary>
    /// Training on a pretrained trunk, such as one from ImageNet: suitable for about forty pictures and more, and the fastest way to a good
    /// network. Like <see cref="FromScratch"/>, but with 0.3 times the learning rate for the trunk, crops of 320 pixels with wider ranges
    /// of scales and colours, gradient clipping, and averages over more steps.
    /// </summary>
    /// <param name="network">The trunk, as <c>Checkpoint.Load</c> reads it; it is not changed.</param>
    public static TrainingOptions FromTrunk(FcnNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return FromScratch with
        {
            Start = network,
            Network = null,
            Augmentation = FromScratch.Augmentation with
            {
                MaxRotationDegrees = 0,
                CropWidth = 320,
                CropHeight = 320,
                MinScale = 0.6,
                MaxScale = 2,
                Brightness = 0.4,
                Contrast = 0.3,
                Saturation = 0.45,
                ChannelGain = 0.08,
            },
            Optimizer = FromScratch.Optimizer with { LearningRate = 8e-4, TrunkRateFactor = 0.3, MaxGradientNorm = 5 },
            Schedule = new ScheduleOptions { Kind = ScheduleKind.Cosine, WarmUpSteps = 80, FinalFactor = 0.002 },
            AverageDecay = 0.998,
        };
    }

    /// <summary>
    /// The structure of the network to train; its number of classes is ignored in favour of the data set's. Null means the structure of
    /// <see cref="Start"/>. The default is an FCN-8s of widths 32, 64, 128, 256, 256 and 512 with batch normalisation.
    /// </summary>
    public NetworkOptions? Network { get; init; } = new FcnOptions
    {
        Trunk = new VggTrunkOptions
        {
            Widths = new VggWidths { Stage1 = 32, Stage2 = 64, Stage3 = 128, Stage4 = 256, Stage5 = 256, Head = 512 },
            BatchNorm = true,
        },
    };

    /// <summary>
    /// The initial weights: a network of this library, or any network that <c>Checkpoint.Load</c> reads, such as VGG-16. Null, the default,
    /// means random weights. Tensors that do not fit the network are reinitialised; a warning names them.
    /// </summary>
    public FcnNetwork? Start { get; init; }

    /// <summary>Dropout, upsampling, auxiliary loss and frozen norms. The default has a dropout of 0.2.</summary>
    public FcnLearningOptions Learning { get; init; } = new() { Dropout = 0.2 };

    /// <summary>The normalisation of the input. Null, the default, means that of <see cref="Start"/>, or else
    /// ImageNet's.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>
    /// The working size of the trained network: the longer side, in pixels, to which evaluations and predictors scale pictures, 1 to 65535.
    /// Null, the default, means no scaling. Training pictures are never scaled to it.
    /// </summary>
    public int? WorkingSize { get; init => field = new ModelCard { WorkingSize = value }.WorkingSize; }

    /// <summary>
    /// Whether to train FCN-32s first, then FCN-16s from it, up to the variant of <see cref="Network"/>, which must not be a dilated FCN.
    /// Every stage has the length given by <see cref="Epochs"/> or <see cref="Steps"/>. The default is false.
    /// </summary>
    public bool Staged { get; init; }

    /// <summary>Factor of the learning rate from each stage to the next, above 0 and at most 1. The default is 1. Ignored
    /// unless <see cref="Staged"/>.</summary>
    public double StageRateFactor
    {
        get;
        init => field = Guard.InRange(value, double.Epsilon, 1, nameof(StageRateFactor), "Use 1 to keep the rate.");
    } = 1;

    /// <summary>Passes over the training pictures, 1 to 1 000 000. The default is 100. Ignored when <see cref="Steps"/> is set.</summary>
    public int Epochs
    {
        get;
        init => field = Guard.InRange(value, 1, 1_000_000, nameof(Epochs), "Each epoch uses every picture once.");
    } = 100;

    /// <summary>Number of steps, each of which updates the weights once; 1 or more. Null, the default, means the steps of
    /// <see cref="Epochs"/>.</summary>
    public long? Steps
    {
        get;
        init => field = value is { } steps ? Guard.InRange(steps, 1, 1L << 40, nameof(Steps), "Or omit it and set Epochs.") : null;
    }

    /// <summary>Pictures per batch, 1 to 65536. The default is 8.</summary>
    public int BatchSize
    {
        get;
        init => field = Guard.InRange(value, 1, 1 << 16, nameof(BatchSize), "Fewer take less memory; see Accumulation.");
    } = 8;

    /// <summary>Gradient accumulation: the number of batches per step, 1 to 65536; a larger effective batch in the memory of a small one.
    /// The default is 1.</summary>
    public int Accumulation
    {
        get;
        init => field = Guard.InRange(value, 1, 1 << 16, nameof(Accumulation), "Use 1 for a step after every batch.");
    } = 1;

    /// <summary>The augmentation of training pictures. The default is <see cref="AugmentationOptions.Default"/>.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.Default;

    /// <summary>Threads and memory for loading training pictures.</summary>
    public LoadingOptions Loading { get; init; } = new();

    /// <summary>The loss. The default weights classes by <see cref="ClassWeighting.InverseLog"/>.</summary>
    public LossOptions Loss { get; init; } = new() { Weighting = ClassWeighting.InverseLog };

    /// <summary>The optimiser. The default is AdamW with a learning rate of 1e-3 and a weight decay of 1e-2.</summary>
    public OptimizerOptions Optimizer { get; init; } =
        new() { Kind = OptimizerKind.AdamW, LearningRate = 1e-3, WeightDecay = 1e-2, BiasRateFactor = 1 };

    /// <summary>The schedule of the learning rate over a stage. The default is a cosine with 100 warm-up steps.</summary>
    public ScheduleOptions Schedule { get; init; } = new() { Kind = ScheduleKind.Cosine, WarmUpSteps = 100 };

    /// <summary>
    /// Decay of the exponential moving average of the weights, which is evaluated and returned instead of the last weights; at least 0 and
    /// below 1. Null means no averaging. The default is 0.99.
    /// </summary>
    public double? AverageDecay
    {
        get;
        init => field = value is { } decay
            ? Guard.InRange(
                decay, 0, Math.BitDecrement(1.0), nameof(AverageDecay), "0.99 averages over about a hundred steps; use null for none.")
            : null;
    } = 0.99;

    /// <summary>Steps from one evaluation to the next, 1 or more; each stage also ends with an evaluation. Null, the default, means one
    /// epoch.</summary>
    public long? EvaluationInterval
    {
        get;
        init =>
            field = value is { } steps
                ? Guard.InRange(steps, 1, 1L << 40, nameof(EvaluationInterval), "Omit it for an evaluation each epoch.")
                : null;
    }

    /// <summary>
    /// Number of validation pictures whose predictions are saved at each evaluation, 0 to 100. The default is 4. Ignored without
    /// <see cref="Folder"/> or without validation pictures.
    /// </summary>
    public int SamplePredictions
    {
        get;
        init => field = Guard.InRange(value, 0, 100, nameof(SamplePredictions), "Each is a picture file per evaluation.");
    } = 4;

    /// <summary>
    /// The folder of checkpoints, logs, the best model and sample predictions. It is created if it does not exist. An interrupted run of
    /// the same options in the folder is resumed. Null, the default, means that no files are written, so that the run cannot be resumed.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Time from one checkpoint to the next, 0 or more; 0 means one after every step. A checkpoint is also written at the end of every
    /// stage and when the run is cancelled. The default is five minutes. The interval does not change the trained weights.
    /// </summary>
    public TimeSpan CheckpointInterval
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CheckpointInterval), value,
                $"{nameof(CheckpointInterval)} must not be negative. Use TimeSpan.Zero for one after every step.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>Number of newest checkpoints to keep, 2 to 1000; if one is damaged, an older one is used. The default is
    /// 2.</summary>
    public int CheckpointsKept
    {
        get;
        init => field = Guard.InRange(value, 2, 1000, nameof(CheckpointsKept), "Two are enough: the newest, and one as a fallback.");
    } = 2;

    /// <summary>Steps per line of the log, 1 or more. The default is 20.</summary>
    public int LogInterval
    {
        get;
        init => field = Guard.InRange(value, 1, 1_000_000, nameof(LogInterval), "20 makes a readable curve.");
    } = 20;

    /// <summary>Seed of all random numbers: initial weights, order of pictures, augmentation, dropout. The default is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The device for training: <c>cpu</c>, <c>cuda</c>, or <c>cuda:1</c> and so on. The default is <c>cpu</c>. Evaluations run on
    /// the CPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Threads for a step and for an evaluation, 1 to 1024. Null, the default, keeps libtorch's setting. Weights are bit-identical only
    /// with the same number of threads.
    /// </summary>
    public int? Threads
    {
        get;
        init =>
            field = value is { } threads
                ? Guard.InRange(threads, 1, 1024, nameof(Threads), "Omit it for libtorch's choice.")
                : null;
    }

    /// <summary>
    /// Whether all pictures, including those for validation, are read and checked before training starts, so that a faulty one is found
    /// early. The default is true. Class weighting reads the training pictures in any case. A resumed run does not repeat the check.
    /// </summary>
    public bool CheckPictures { get; init; } = true;

    /// <summary>A short display name for the network's card; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The licence of the weights, for the network's card; null for none.</summary>
    public string? License { get; init; }
}

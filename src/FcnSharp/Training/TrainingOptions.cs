using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>How a network is trained. Start from a preset and change a copy with <c>with</c>. Immutable.</summary>
/// <remarks>
/// A run follows from these options and its pictures alone: the same options give the same weights, to the bit on the CPU with the same
/// number of threads, whether or not the run was interrupted.
/// </remarks>
public sealed record TrainingOptions
{
    /// <summary>
    /// The published recipe: FCN-32s, then FCN-16s, then FCN-8s, each from where the one before ended; 100 000 steps each of one whole
    /// picture, summed loss, SGD with momentum 0.99, a rate of 1e-10 and a hundredth of it in each next stage. Set <see cref="Start"/> to
    /// VGG-16's weights: without them it learns next to nothing (Long, Shelhamer and Darrell, 2015, section 4; the authors' prototxt
    /// files).
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
    /// The published recipe in one go: FCN-8s with its skips scaled down, 300 000 steps of one whole picture, otherwise as
    /// <see cref="PaperStaged"/>. Set <see cref="Start"/> to VGG-16's weights.
    /// </summary>
    public static TrainingOptions PaperAtOnce { get; } = PaperStaged with
    {
        Network = new FcnOptions { Layout = FcnLayout.Original, AtOnce = true },
        Staged = false,
        Steps = 300_000,
    };

    /// <summary>
    /// Without any pretrained weights: a narrow FCN-8s with batch normalisation, AdamW, a cosine schedule with warm-up, varied crops of 256
    /// pixels, rare classes weighted up, averaged weights. Right for a few hundred pictures and more.
    /// </summary>
    public static TrainingOptions FromScratch { get; } = new();

    /// <summary>
    /// Goes on from a trained network, for other pictures or other classes: as <see cref="FromScratch"/>, but with a tenth of the rate and
    /// fewer epochs. Where the classes differ from the network's, its score and upsampling layers start anew; a warning says so.
    /// </summary>
    /// <param name="network">The network; it does not change.</param>
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
    /// On a trunk that has learned from many pictures, such as ImageNet's: right from about forty pictures on, and the shortest way to a
    /// good network. As <see cref="FromScratch"/>, but with three tenths of the rate for the trunk, crops of 320 pixels of wider scales and
    /// colours, gradients that are limited, and averages over more steps.
    /// </summary>
    /// <param name="network">What <c>Checkpoint.Load</c> makes of the trunk's file; it does not change.</param>
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
    /// The network to train. Its number of classes is the data set's, whatever this says. Null means that of <see cref="Start"/>. The
    /// default is an FCN-8s of widths 32, 64, 128, 256, 256 and 512 with batch normalisation.
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
    /// Weights to start from: a network of this library, or whatever <c>Checkpoint.Load</c> reads, VGG-16 included. Null, the
    /// default, starts from random weights. Tensors that do not fit the network start anew; a warning names them.
    /// </summary>
    public FcnNetwork? Start { get; init; }

    /// <summary>Dropout and upsampling.</summary>
    public FcnLearningOptions Learning { get; init; } = new() { Dropout = 0.2 };

    /// <summary>How bytes become input. Null, the default, means as <see cref="Start"/> says, or else ImageNet's statistics.</summary>
    public Normalization? Normalization { get; init; }

    /// <summary>
    /// The longer side, in pixels, to which pictures are scaled before the trained network sees them, in evaluations and by predictors. 1
    /// to 65535; null, the default, takes them as they are, which is how they are trained on.
    /// </summary>
    public int? WorkingSize { get; init => field = new ModelCard { WorkingSize = value }.WorkingSize; }

    /// <summary>
    /// Whether to train FCN-32s first and FCN-16s from it, up to the variant of <see cref="Network"/>, which is no dilated FCN then. Every
    /// stage has the length that <see cref="Epochs"/> or <see cref="Steps"/> give. The default is false.
    /// </summary>
    public bool Staged { get; init; }

    /// <summary>What the learning rate is multiplied by from each stage to the next, above 0 and at most 1. The default is 1. Ignored
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
        init => field = Guard.InRange(value, 1, 1_000_000, nameof(Epochs), "Each epoch sees every picture once.");
    } = 100;

    /// <summary>Steps, each of which changes the weights once; 1 or more. Null, the default, means as many as <see cref="Epochs"/>
    /// take.</summary>
    public long? Steps
    {
        get;
        init => field = value is { } steps ? Guard.InRange(steps, 1, 1L << 40, nameof(Steps), "Or leave it out and set Epochs.") : null;
    }

    /// <summary>Pictures that are learned from at once, 1 to 65536. The default is 8.</summary>
    public int BatchSize
    {
        get;
        init => field = Guard.InRange(value, 1, 1 << 16, nameof(BatchSize), "Fewer take less memory; see Accumulation.");
    } = 8;

    /// <summary>Batches whose gradients are added up for one step, 1 to 65536: a larger batch in the memory of a small one. The default is
    /// 1.</summary>
    public int Accumulation
    {
        get;
        init => field = Guard.InRange(value, 1, 1 << 16, nameof(Accumulation), "Use 1 for a step after every batch.");
    } = 1;

    /// <summary>How pictures are varied.</summary>
    public AugmentationOptions Augmentation { get; init; } = AugmentationOptions.Default;

    /// <summary>How pictures get from the disk to the trainer.</summary>
    public LoadingOptions Loading { get; init; } = new();

    /// <summary>What is minimised.</summary>
    public LossOptions Loss { get; init; } = new() { Weighting = ClassWeighting.InverseLog };

    /// <summary>How weights follow the gradient.</summary>
    public OptimizerOptions Optimizer { get; init; } =
        new() { Kind = OptimizerKind.AdamW, LearningRate = 1e-3, WeightDecay = 1e-2, BiasRateFactor = 1 };

    /// <summary>How the learning rate changes over a stage.</summary>
    public ScheduleOptions Schedule { get; init; } = new() { Kind = ScheduleKind.Cosine, WarmUpSteps = 100 };

    /// <summary>
    /// How slowly the averaged weights follow, which are evaluated and returned in place of the last ones; 0 up to, but not including, 1.
    /// Null means none. The default is 0.99.
    /// </summary>
    public double? AverageDecay
    {
        get;
        init => field = value is { } decay
            ? Guard.InRange(
                decay, 0, Math.BitDecrement(1.0), nameof(AverageDecay), "0.99 averages over about a hundred steps; use null for none.")
            : null;
    } = 0.99;

    /// <summary>Steps from one evaluation to the next, 1 or more; there is one at the end of every stage besides. Null, the default, means
    /// an epoch.</summary>
    public long? EvaluationInterval
    {
        get;
        init =>
            field = value is { } steps
                ? Guard.InRange(steps, 1, 1L << 40, nameof(EvaluationInterval), "Leave it out for an evaluation each epoch.")
                : null;
    }

    /// <summary>
    /// How many validation pictures are drawn with their predictions at each evaluation, 0 to 100. The default is 4. Ignored without
    /// <see cref="Folder"/> or without validation pictures.
    /// </summary>
    public int SamplePredictions
    {
        get;
        init => field = Guard.InRange(value, 0, 100, nameof(SamplePredictions), "Each is a picture file per evaluation.");
    } = 4;

    /// <summary>
    /// Where checkpoints, logs, the best model and sample predictions go. It is created where it is missing. A run of these options that
    /// was interrupted there goes on. Null, the default, writes nothing: such a run cannot be resumed.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Time from one checkpoint to the next, 0 or more; 0 writes one after every step. There is one at the end of every stage besides, and
    /// when the run is cancelled. The default is five minutes. It does not change what is learned.
    /// </summary>
    public TimeSpan CheckpointInterval
    {
        get;
        init => field = value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CheckpointInterval), value,
                $"{nameof(CheckpointInterval)} must not be negative. Use TimeSpan.Zero for one after every step.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>How many of the newest checkpoints are kept, 2 to 1000, so that there is another when one is damaged. The default is
    /// 2.</summary>
    public int CheckpointsKept
    {
        get;
        init => field = Guard.InRange(value, 2, 1000, nameof(CheckpointsKept), "Two are enough: the newest, and one to fall back on.");
    } = 2;

    /// <summary>Steps that a line of the log sums up, 1 or more. The default is 20.</summary>
    public int LogInterval
    {
        get;
        init => field = Guard.InRange(value, 1, 1_000_000, nameof(LogInterval), "20 makes a readable curve.");
    } = 20;

    /// <summary>Where every random draw comes from: starting weights, order, variation, dropout. The default is 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Where to train: <c>cpu</c>, <c>cuda</c>, or <c>cuda:1</c> and so on. The default is <c>cpu</c>. Evaluations run on the
    /// CPU.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>
    /// Threads that work on one step, and on an evaluation, 1 to 1024. Null, the default, leaves libtorch's setting. Weights are the same
    /// to the bit only with the same number.
    /// </summary>
    public int? Threads
    {
        get;
        init =>
            field = value is { } threads
                ? Guard.InRange(threads, 1, 1024, nameof(Threads), "Leave it out for libtorch's choice.")
                : null;
    }

    /// <summary>
    /// Whether every picture, those for validation included, is read once before training starts, so that a broken one is found now and not
    /// hours later. The default is true. Class weighting needs it for the training pictures in any case. A resumed run does not repeat it.
    /// </summary>
    public bool CheckPictures { get; init; } = true;

    /// <summary>A short name for the network's card; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>Under which terms the weights may be used, for the network's card; null for none.</summary>
    public string? License { get; init; }
}

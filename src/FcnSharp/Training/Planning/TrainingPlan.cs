using System.Collections.Immutable;
using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Training.Learning;

namespace FcnSharp.Training.Planning;

/// <summary>The plan of a run: the options with all defaults resolved.</summary>
internal sealed class TrainingPlan
{
    private TrainingPlan()
    {
    }

    public required TrainingOptions Options { get; init; }

    public required ISegmentationDataset Training { get; init; }

    public required ISegmentationDataset? Validation { get; init; }

    /// <summary>The network of the last stage.</summary>
    public required NetworkOptions Network { get; init; }

    public required Normalization Normalization { get; init; }

    /// <summary>The networks of the stages, the last of which is <see cref="Network"/>.</summary>
    public required ImmutableArray<NetworkOptions> Stages { get; init; }

    public required int BatchesPerEpoch { get; init; }

    public required long StepsPerStage { get; init; }

    public required ImmutableArray<string> Warnings { get; init; }

    public ClassList Classes => Training.Classes;

    public long StepCount => StepsPerStage * Stages.Length;

    /// <summary>Makes the plan.</summary>
    /// <exception cref="ArgumentException">Pictures and options contradict each other.</exception>
    public static TrainingPlan Make(ISegmentationDataset training, ISegmentationDataset? validation, TrainingOptions options)
    {
        PlanChecks.Datasets(training, validation);
        var network = PlanChecks.Network(options, training.Classes.Count);
        var batches = Math.Max(1, training.Count / options.BatchSize);
        return new TrainingPlan
        {
            Options = options,
            Training = training,
            Validation = validation,
            Network = network,
            Normalization = options.Normalization ?? options.Start?.Card.Normalization ?? Normalization.ImageNet,
            Stages = StagesOf(options.Staged, network),
            BatchesPerEpoch = batches,
            StepsPerStage = options.Steps ?? (((long)options.Epochs * batches) + options.Accumulation - 1) / options.Accumulation,
            Warnings = [.. WarningsOf(options, network, training.Classes)],
        };
    }

    /// <summary>The stage of the last completed step; the first stage before any step.</summary>
    public int StageOf(long step) => step == 0 ? 0 : (int)((step - 1) / StepsPerStage);

    public long StartOf(int stage) => stage * StepsPerStage;

    /// <summary>The learning rate of the step after a number of completed steps.</summary>
    public double RateAt(long step)
    {
        var stage = (int)(step / StepsPerStage);
        return LearningRates.At(Options.Schedule, Options.Optimizer.LearningRate * StageFactor(stage),
            step - StartOf(stage), StepsPerStage);
    }

    /// <summary>Whether there is an evaluation after a number of completed steps.</summary>
    public bool IsEvaluatedAfter(long step)
    {
        var inStage = step - StartOf(StageOf(step));
        return Validation is not null && step > 0 && (inStage == StepsPerStage || Evaluates(inStage));
    }

    /// <summary>Approximate number of remaining evaluations.</summary>
    public double EvaluationsAfter(long step) => Validation is null
        ? 0
        : (double)(StepCount - step) / (Options.EvaluationInterval ?? Math.Max(1, BatchesPerEpoch / Options.Accumulation));

    /// <summary>The epoch, from 0, after a number of completed steps of a stage.</summary>
    private long EpochOf(long stepInStage) => stepInStage * Options.Accumulation / BatchesPerEpoch;

    private bool Evaluates(long stepInStage) => Options.EvaluationInterval is { } interval
        ? stepInStage % interval == 0
        : EpochOf(stepInStage) > EpochOf(stepInStage - 1);

    /// <summary>The epoch within the stage, from 1, after a number of completed steps of the run.</summary>
    public int EpochAfter(long step) =>
        (int)((Math.Max(0, step - StartOf(StageOf(step)) - 1) * Options.Accumulation / BatchesPerEpoch) + 1);

    private double StageFactor(int stage) => Options.Staged ? Math.Pow(Options.StageRateFactor, stage) : 1;

    private static ImmutableArray<NetworkOptions> StagesOf(bool staged, NetworkOptions last) => staged && last is FcnOptions fcn
        ? [.. Enum.GetValues<FcnVariant>().OrderDescending().Where(each => each >= fcn.Variant).Select(each => fcn with { Variant = each })]
        : [last];

    private static IEnumerable<string> WarningsOf(TrainingOptions options, NetworkOptions network, ClassList classes)
    {
        if (RateCheck.Warning(options.Optimizer, options.Loss) is { } rate)
        {
            yield return rate;
        }

        if (options.Start is null)
        {
            if (!network.Trunk.BatchNorm)
            {
                yield return "The network starts from random weights and has no batch normalisation, " +
                    "so it may learn nothing for a long time. " +
                    $"Set {nameof(TrainingOptions.Start)} to pretrained weights, " +
                    $"or {nameof(TrunkOptions.BatchNorm)} of the trunk in {nameof(TrainingOptions.Network)}.";
            }

            yield break;
        }

        if (options.Normalization is null && options.Start.Card.Normalization is null)
        {
            yield return "The network to start from does not state the normalisation of its input, so ImageNet's is used. " +
            $"Set {nameof(TrainingOptions.Normalization)} to the one that it was trained with.";
        }

        if (StartingWeights.DroppedBlocks(network, options.Start) is { Count: > 0 } dropped)
        {
            yield return "These blocks of the given network are left out, since the trunk to train is shorter: " +
                $"{string.Join(", ", dropped)}.";
        }

        if (StartingWeights.NewLayers(StagesOf(options.Staged, network)[0], options.Start, classes) is { Count: > 0 } layers)
        {
            var reason = StartingWeights.HasOtherClasses(options.Start, classes)
                ? "the classes are not those it was trained for"
                : "the given network has none that fit";
            yield return $"These layers are reinitialised, since {reason}: {string.Join(", ", layers)}. " +
                "All others start from the given network.";
        }
    }
}

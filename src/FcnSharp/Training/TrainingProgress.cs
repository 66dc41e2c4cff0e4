using FcnSharp.Networks;

namespace FcnSharp.Training;

/// <summary>The progress of a training run, reported after every step, after every evaluation, and with every warning.</summary>
public sealed record TrainingProgress
{
    /// <summary>The network of this stage; the only network if the run is not staged.</summary>
    public required NetworkOptions Stage { get; init; }

    /// <summary>The number of this stage, from 1 to <see cref="StageCount"/>.</summary>
    public required int StageNumber { get; init; }

    /// <summary>Number of stages of the run.</summary>
    public required int StageCount { get; init; }

    /// <summary>The epoch within this stage, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Number of completed steps, over all stages; a step updates the weights once.</summary>
    public required long Step { get; init; }

    /// <summary>Number of steps of the whole run.</summary>
    public required long StepCount { get; init; }

    /// <summary>The loss, smoothed over about the last fifty steps; null before the first.</summary>
    public required double? Loss { get; init; }

    /// <summary>The learning rate of the last completed step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training pictures per second in this process, without evaluations; null before the first step.</summary>
    public required double? PicturesPerSecond { get; init; }

    /// <summary>Fraction of the training time in this process that was spent waiting for pictures, 0 to 1.</summary>
    public required double WaitingShare { get; init; }

    /// <summary>An estimate of the time until the run ends, evaluations included; null before the first step.</summary>
    public required TimeSpan? TimeLeft { get; init; }

    /// <summary>The scores of the last evaluation; null before the first one.</summary>
    public required ValidationScores? Validation { get; init; }

    /// <summary>A warning for the user, in one or two sentences; null for none.</summary>
    public string? Warning { get; init; }
}

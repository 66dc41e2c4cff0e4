using FcnSharp.Networks;

namespace FcnSharp.Training;

/// <summary>How far a training run is; told after every step, after every evaluation, and when there is something to warn of.</summary>
public sealed record TrainingProgress
{
    /// <summary>The network of this stage; in runs that are not staged, the only one.</summary>
    public required NetworkOptions Stage { get; init; }

    /// <summary>Which stage that is, from 1 to <see cref="StageCount"/>.</summary>
    public required int StageNumber { get; init; }

    /// <summary>How many stages the run has.</summary>
    public required int StageCount { get; init; }

    /// <summary>The pass over the training pictures within this stage, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps that are done, over all stages; a step changes the weights once.</summary>
    public required long Step { get; init; }

    /// <summary>Steps of the whole run.</summary>
    public required long StepCount { get; init; }

    /// <summary>The loss, smoothed over about the last fifty steps; null before the first.</summary>
    public required double? Loss { get; init; }

    /// <summary>The learning rate of the step that was done last.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training pictures per second in this process, evaluations left out; null before the first step.</summary>
    public required double? PicturesPerSecond { get; init; }

    /// <summary>Fraction of the training time in this process that was spent waiting for pictures, 0 to 1.</summary>
    public required double WaitingShare { get; init; }

    /// <summary>An estimate of the time until the run ends, evaluations included; null before the first step.</summary>
    public required TimeSpan? TimeLeft { get; init; }

    /// <summary>The scores of the last evaluation; null before the first one.</summary>
    public required ValidationScores? Validation { get; init; }

    /// <summary>Something the user should know, as a sentence or two; null when there is nothing.</summary>
    public string? Warning { get; init; }
}

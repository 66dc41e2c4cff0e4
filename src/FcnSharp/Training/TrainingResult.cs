using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Training;

/// <summary>The result of a training run. Immutable.</summary>
public sealed class TrainingResult
{
    internal TrainingResult()
    {
    }

    /// <summary>
    /// The trained network with its card: the network of the last stage with the best score on the validation pictures, or the last network
    /// without validation pictures; with averaged weights if <see cref="TrainingOptions.AverageDecay"/> is set. Save it with
    /// <see cref="FcnNetwork.Save(string, WeightPrecision)"/>.
    /// </summary>
    public required FcnNetwork Network { get; init; }

    /// <summary>The scores of <see cref="Network"/>; null without validation pictures.</summary>
    public required ValidationScores? Scores { get; init; }

    /// <summary>All evaluations of the run, in order, including those before an interruption.</summary>
    public required ImmutableArray<ValidationScores> History { get; init; }

    /// <summary>Number of steps of the whole run, over all stages.</summary>
    public required long Steps { get; init; }

    /// <summary>Wall-clock training time of this process, without evaluations.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>Wall-clock evaluation time of this process, including sample predictions.</summary>
    public required TimeSpan EvaluationTime { get; init; }

    /// <summary>The part of <see cref="TrainingTime"/> that was spent waiting for pictures.</summary>
    public required TimeSpan WaitingTime { get; init; }

    /// <summary>The warnings of the run, in order.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}

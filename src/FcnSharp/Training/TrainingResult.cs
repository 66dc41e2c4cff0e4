using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Training;

/// <summary>What came of a training run.</summary>
public sealed class TrainingResult
{
    internal TrainingResult()
    {
    }

    /// <summary>
    /// The network to use, with its card: of the last stage the one that scored best on the validation pictures, or the last one where
    /// there are none; with averaged weights where <see cref="TrainingOptions.AverageDecay"/> is set. Save it with
    /// <see cref="FcnNetwork.Save(string, WeightPrecision)"/>.
    /// </summary>
    public required FcnNetwork Network { get; init; }

    /// <summary>What <see cref="Network"/> scored; null without validation pictures.</summary>
    public required ValidationScores? Scores { get; init; }

    /// <summary>Every evaluation of the run, in order, those before an interruption included.</summary>
    public required ImmutableArray<ValidationScores> History { get; init; }

    /// <summary>Steps of the whole run, over all stages.</summary>
    public required long Steps { get; init; }

    /// <summary>How long this process trained, by the clock, evaluations left out.</summary>
    public required TimeSpan TrainingTime { get; init; }

    /// <summary>How long this process evaluated, sample predictions included.</summary>
    public required TimeSpan EvaluationTime { get; init; }

    /// <summary>How much of <see cref="TrainingTime"/> was spent waiting for pictures.</summary>
    public required TimeSpan WaitingTime { get; init; }

    /// <summary>What the user was warned of, in order.</summary>
    public required ImmutableArray<string> Warnings { get; init; }
}

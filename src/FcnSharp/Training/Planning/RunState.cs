using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FcnSharp.Training.Planning;

/// <summary>Where a run stands: everything that changes from step to step and is no tensor. Immutable, so that a checkpoint is a moment of
/// it.</summary>
internal sealed record RunState
{
    private const double Smoothing = 0.98;

    /// <summary>Steps that are done, over all stages.</summary>
    public long Step { get; init; }

    /// <summary>The loss over the last steps, smoothed exponentially and not yet corrected for its start at zero.</summary>
    public double SmoothedLoss { get; init; }

    /// <summary>The sum of the losses since the last line of the log.</summary>
    public double LossSum { get; init; }

    /// <summary>Every evaluation so far, in order.</summary>
    public ImmutableArray<ValidationScores> History { get; init; } = [];

    /// <summary>The best of the current stage.</summary>
    public ValidationScores? Best { get; init; }

    /// <summary>The loss over the last fifty steps or so; null before the first.</summary>
    [JsonIgnore]
    public double? Loss => Step == 0 ? null : SmoothedLoss / (1 - Math.Pow(Smoothing, Step));

    /// <summary>Whether <see cref="Step"/> has been evaluated.</summary>
    [JsonIgnore]
    public bool IsEvaluated => History is [.., var last] && last.Step == Step;

    /// <summary>The state after a further step with this loss.</summary>
    public RunState With(double loss) => this with
    {
        Step = Step + 1,
        SmoothedLoss = (Smoothing * SmoothedLoss) + ((1 - Smoothing) * loss),
        LossSum = LossSum + loss,
    };
}

/// <summary>Writes and reads what a checkpoint holds of a run as text. Numbers come back to the bit.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunDescription))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(ImmutableArray<long>))]
[JsonSerializable(typeof(ImmutableArray<double>))]
internal sealed partial class RunJson : JsonSerializerContext;

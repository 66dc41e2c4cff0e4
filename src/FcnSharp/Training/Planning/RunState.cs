using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace FcnSharp.Training.Planning;

/// <summary>The state of a run that changes from step to step, except tensors. Immutable, so that a checkpoint is a snapshot of
/// it.</summary>
internal sealed record RunState
{
    private const double Smoothing = 0.98;

    /// <summary>Number of completed steps, over all stages.</summary>
    public long Step { get; init; }

    /// <summary>The exponentially smoothed loss, without bias correction.</summary>
    public double SmoothedLoss { get; init; }

    /// <summary>The sum of the losses since the last line of the log.</summary>
    public double LossSum { get; init; }

    /// <summary>Every evaluation so far, in order.</summary>
    public ImmutableArray<ValidationScores> History { get; init; } = [];

    /// <summary>The best scores of the current stage.</summary>
    public ValidationScores? Best { get; init; }

    /// <summary>The loss, smoothed over about the last fifty steps; null before the first step.</summary>
    [JsonIgnore]
    public double? Loss => Step == 0 ? null : SmoothedLoss / (1 - Math.Pow(Smoothing, Step));

    /// <summary>Whether <see cref="Step"/> has been evaluated.</summary>
    [JsonIgnore]
    public bool IsEvaluated => History is [.., var last] && last.Step == Step;

    /// <summary>The state after one more step with this loss.</summary>
    public RunState With(double loss) => this with
    {
        Step = Step + 1,
        SmoothedLoss = (Smoothing * SmoothedLoss) + ((1 - Smoothing) * loss),
        LossSum = LossSum + loss,
    };
}

/// <summary>Serialises the text parts of a checkpoint. Numbers are round-tripped exactly.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunDescription))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(ImmutableArray<long>))]
[JsonSerializable(typeof(ImmutableArray<double>))]
internal sealed partial class RunJson : JsonSerializerContext;

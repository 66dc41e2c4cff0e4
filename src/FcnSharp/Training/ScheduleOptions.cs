using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>How the learning rate changes while a network learns. Immutable; change a copy with <c>with</c>.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The curve after the warm-up. The default is <see cref="ScheduleKind.Poly"/>.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Poly;

    /// <summary>The exponent of <see cref="ScheduleKind.Poly"/>, above 0; ignored by the others. The default is 0.9.</summary>
    public double Power
    {
        get;
        init => field = Guard.InRange(value, double.Epsilon, double.MaxValue, nameof(Power), "0.9 is usual; 1 is a straight line.");
    } = 0.9;

    /// <summary>
    /// Steps, 0 or more, in which the rate rises evenly to its full height (Goyal et al., 2017, section 2.2). At most a tenth of all steps
    /// is spent so, however many this says. The default is 0.
    /// </summary>
    public long WarmUpSteps
    {
        get;
        init => field = Guard.InRange(value, 0, long.MaxValue, nameof(WarmUpSteps), "Use 0 for none.");
    }

    /// <summary>
    /// Steps, 1 or more, over which the curve falls to <see cref="FinalFactor"/>, as PyTorch's T_max. Null, the default, means those of
    /// the stage. With more than those, training ends while the rate is still high; what comes of it is usually averaged
    /// (<see cref="TrainingOptions.AverageDecay"/>).
    /// </summary>
    public long? Steps
    {
        get;
        init => field = value is { } steps
            ? Guard.InRange(steps, 1, long.MaxValue, nameof(Steps), "Use null for those of the stage.")
            : null;
    }

    /// <summary>The share, 0 to 1, of the rate that is left at the end; ignored by <see cref="ScheduleKind.Constant"/>. The default is
    /// 0.</summary>
    public double FinalFactor
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(FinalFactor), "Use 0 to end at a rate of zero.");
    }
}

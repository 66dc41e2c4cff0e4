using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>The schedule of the learning rate. Immutable; change a copy with <c>with</c>.</summary>
public sealed record ScheduleOptions
{
    /// <summary>The curve after the warm-up. The default is <see cref="ScheduleKind.Poly"/>.</summary>
    public ScheduleKind Kind { get; init; } = ScheduleKind.Poly;

    /// <summary>The exponent of <see cref="ScheduleKind.Poly"/>, above 0; ignored by other kinds. The default is 0.9.</summary>
    public double Power
    {
        get;
        init => field = Guard.InRange(value, double.Epsilon, double.MaxValue, nameof(Power), "0.9 is usual; 1 is linear.");
    } = 0.9;

    /// <summary>
    /// Steps, 0 or more, in which the rate rises linearly to the base rate (Goyal et al., 2017, section 2.2); at most a tenth of all steps.
    /// The default is 0.
    /// </summary>
    public long WarmUpSteps
    {
        get;
        init => field = Guard.InRange(value, 0, long.MaxValue, nameof(WarmUpSteps), "Use 0 for none.");
    }

    /// <summary>
    /// Steps, 1 or more, over which the curve falls to <see cref="FinalFactor"/>, like PyTorch's T_max. Null, the default, means the steps
    /// of the stage. With more steps, training ends while the rate is still high; the weights should then be averaged
    /// (<see cref="TrainingOptions.AverageDecay"/>).
    /// </summary>
    public long? Steps
    {
        get;
        init => field = value is { } steps
            ? Guard.InRange(steps, 1, long.MaxValue, nameof(Steps), "Use null for the steps of the stage.")
            : null;
    }

    /// <summary>The final rate as a share of the base rate, 0 to 1; ignored by <see cref="ScheduleKind.Constant"/>. The default is
    /// 0.</summary>
    public double FinalFactor
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(FinalFactor), "Use 0 to end at a rate of zero.");
    }
}

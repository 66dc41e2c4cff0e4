namespace FcnSharp.Training.Learning;

/// <summary>The learning rate of a step.</summary>
internal static class LearningRates
{
    /// <summary>The rate that <paramref name="schedule"/> gives. It depends on nothing but its arguments.</summary>
    /// <param name="schedule">The curve.</param>
    /// <param name="baseRate">Its full height.</param>
    /// <param name="step">Steps done before, from 0.</param>
    /// <param name="totalSteps">Steps in all, 1 or more, unless the schedule has its own. Later steps get the last rate.</param>
    public static double At(ScheduleOptions schedule, double baseRate, long step, long totalSteps)
    {
        totalSteps = schedule.Steps ?? totalSteps;
        var warmUp = Math.Min(schedule.WarmUpSteps, totalSteps / 10);
        if (step < warmUp)
        {
            return baseRate * (step + 1) / warmUp;
        }

        var progress = Math.Clamp((double)(step - warmUp) / (totalSteps - warmUp), 0, 1);
        var curve = schedule.Kind switch
        {
            ScheduleKind.Poly => Math.Pow(1 - progress, schedule.Power),
            ScheduleKind.Cosine => (1 + Math.Cos(Math.PI * progress)) / 2,
            _ => 1,
        };
        return baseRate * (schedule.FinalFactor + ((1 - schedule.FinalFactor) * curve));
    }
}

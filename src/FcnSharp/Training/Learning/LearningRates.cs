namespace FcnSharp.Training.Learning;

/// <summary>Computes the learning rate of a step.</summary>
internal static class LearningRates
{
    /// <summary>The learning rate of a step by <paramref name="schedule"/>. A pure function.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="baseRate">The base rate.</param>
    /// <param name="step">Number of completed steps, from 0.</param>
    /// <param name="totalSteps">Total number of steps, 1 or more; ignored if the schedule has its own. Later steps get the final
    /// rate.</param>
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

using System.Diagnostics;

namespace FcnSharp.Benchmarks;

/// <summary>What a piece of work costs.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors together, spent by this program.</param>
internal readonly record struct Cost(double Seconds, double ProcessorSeconds)
{
    /// <summary>Up to now, from a beginning that is always the same one.</summary>
    public static Cost Now => new((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency, Environment.CpuUsage.TotalTime.TotalSeconds);

    public static Cost Of(Action work)
    {
        var before = Now;
        work();
        return Now - before;
    }

    public static Cost operator -(Cost later, Cost earlier) =>
        new(later.Seconds - earlier.Seconds, later.ProcessorSeconds - earlier.ProcessorSeconds);
}

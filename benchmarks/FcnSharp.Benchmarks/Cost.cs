using System.Diagnostics;

namespace FcnSharp.Benchmarks;

/// <summary>The cost of a piece of work.</summary>
/// <param name="Seconds">Elapsed time.</param>
/// <param name="ProcessorSeconds">Processor time of this process, over all processors.</param>
internal readonly record struct Cost(double Seconds, double ProcessorSeconds)
{
    /// <summary>The cost from a fixed origin until now; only differences have a meaning.</summary>
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

using System.Diagnostics;

namespace FcnSharp.Benchmarks;

/// <summary>What a piece of work costs.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors together, spent by this program.</param>
internal readonly record struct Cost(double Seconds, double ProcessorSeconds)
{
    public static Cost Of(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        work();
        return new Cost(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }
}

using System.Diagnostics;

namespace FcnSharp.Cli.Terminal;

/// <summary>The speed and the remaining time of a long command.</summary>
internal sealed class Pace
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public TimeSpan Elapsed => clock.Elapsed;

    /// <summary>For example <c>3.2 per second, 2 min 5 s left</c>; empty before the first item is done.</summary>
    public string Describe(int done, int left)
    {
        var perSecond = done / clock.Elapsed.TotalSeconds;
        return done == 0 ? ""
            : left <= 0 ? Rate(perSecond)
            : $"{Rate(perSecond)}, {Duration(TimeSpan.FromSeconds(left / perSecond))} left";
    }

    public static string Rate(double perSecond) => perSecond >= 0.1 ? $"{perSecond:F1} per second" : $"{60 * perSecond:F1} per minute";

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalDays: >= 1 } => $"{(int)time.TotalDays} d {time.Hours} h",
        { TotalHours: >= 1 } => $"{time.Hours} h {time.Minutes} min",
        { TotalMinutes: >= 1 } => $"{time.Minutes} min {time.Seconds} s",
        _ => $"{time.TotalSeconds:F1} s",
    };
}

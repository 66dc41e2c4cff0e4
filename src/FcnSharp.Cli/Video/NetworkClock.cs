using System.Diagnostics;

namespace FcnSharp.Cli.Video;

/// <summary>How much of its time the network waits: for frames to be decoded, or for room because encoding is behind.</summary>
internal sealed class NetworkClock
{
    private readonly Stopwatch whole = new();
    private TimeSpan busy;
    private TimeSpan end;

    /// <summary>The part of the time between the first frame's begin and the last one's end in which no frame was worked on, 0 to
    /// 1.</summary>
    public double IdleShare => end > TimeSpan.Zero ? 1 - (busy / end) : 0;

    /// <summary>Does the work on a frame and counts its time.</summary>
    public T Measure<T>(Func<T> work)
    {
        whole.Start();
        var begin = whole.Elapsed;
        var result = work();
        end = whole.Elapsed;
        busy += end - begin;
        return result;
    }
}

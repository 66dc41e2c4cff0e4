using System.Diagnostics;

namespace FcnSharp.Cli.Video;

/// <summary>Measures which share of the time the network waits for frames to be decoded or for room in the queue to the encoder.</summary>
internal sealed class NetworkClock
{
    private readonly Stopwatch whole = new();
    private TimeSpan busy;
    private TimeSpan end;

    /// <summary>The share of the time from the start of the first frame to the end of the last one in which the network computed none, 0 to
    /// 1.</summary>
    public double IdleShare => end > TimeSpan.Zero ? 1 - (busy / end) : 0;

    /// <summary>Runs the work on a frame and measures its time.</summary>
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

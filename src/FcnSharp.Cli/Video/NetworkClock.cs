using System.Diagnostics;

namespace FcnSharp.Cli.Video;

/// <summary>Measures the time in which the network waits: for decoded frames, or for space in the encoder's queue.</summary>
internal sealed class NetworkClock
{
    private readonly Stopwatch whole = new();
    private TimeSpan busy;
    private TimeSpan end;

    /// <summary>The fraction of the time from the start of the first frame to the end of the last in which no frame was segmented, 0 to
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

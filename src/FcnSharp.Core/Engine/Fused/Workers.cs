using System.Diagnostics;

namespace FcnSharp.Engine.Fused;

/// <summary>Spreads independent pieces of work over threads, each of which has a number and so scratch memory of its own.</summary>
/// <param name="threads">How many.</param>
/// <param name="cancellationToken">Ends the work between two pieces.</param>
/// <param name="layerDone">Told the name of a layer and how long it took, each time that its pieces are done; null tells nobody.</param>
internal sealed class Workers(int threads, CancellationToken cancellationToken, Action<string, TimeSpan>? layerDone = null)
{
    public int Threads => threads;

    /// <summary>Calls <paramref name="work"/> with (thread, piece) for every piece of a layer; which thread takes which is left to
    /// chance.</summary>
    public void Run(string layer, int pieces, Action<int, int> work)
    {
        var start = Stopwatch.GetTimestamp();
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
        Parallel.For(0, Math.Min(threads, pieces), options, thread =>
        {
            while (Interlocked.Increment(ref next) is var piece && piece < pieces)
            {
                cancellationToken.ThrowIfCancellationRequested();
                work(thread, piece);
            }
        });
        layerDone?.Invoke(layer, Stopwatch.GetElapsedTime(start));
    }
}

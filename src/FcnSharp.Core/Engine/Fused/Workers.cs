namespace FcnSharp.Engine.Fused;

/// <summary>Spreads independent pieces of work over threads, each of which has a number and so scratch memory of its own.</summary>
internal sealed class Workers(int threads, CancellationToken cancellationToken)
{
    public int Threads => threads;

    /// <summary>Calls <paramref name="work"/> with (thread, piece) for every piece; which thread takes which is left to chance.</summary>
    public void Run(int pieces, Action<int, int> work)
    {
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
    }
}

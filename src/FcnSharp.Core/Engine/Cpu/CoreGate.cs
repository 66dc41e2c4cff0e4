namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Shares an engine's threads among its callers, so that together they never use more. A caller that is alone gets all of them; where
/// several keep coming, each gets its part and works on a picture of its own, which wastes less than taking turns with all threads.
/// </summary>
internal sealed class CoreGate
{
    private readonly object gate = new();
    private readonly int threads;
    private int free;
    private int callers;
    private int recentCallers;

    public CoreGate(int threads) => this.threads = free = threads;

    /// <summary>Waits for threads and takes a part of them, which goes back by <see cref="Release"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public int Take(CancellationToken cancellationToken)
    {
        using var wakeUp = cancellationToken.Register(() =>
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        });
        lock (gate)
        {
            callers++;
            recentCallers = Math.Max(recentCallers, callers);
            while (free == 0 && !cancellationToken.IsCancellationRequested)
            {
                Monitor.Wait(gate);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                callers--;
                throw new OperationCanceledException(cancellationToken);
            }

            // Whoever came while the last call ran is likely to come again.
            var share = Math.Clamp(threads / recentCallers, 1, free);
            recentCallers = callers;
            free -= share;
            return share;
        }
    }

    public void Release(int share)
    {
        lock (gate)
        {
            callers--;
            free += share;
            Monitor.PulseAll(gate);
        }
    }
}

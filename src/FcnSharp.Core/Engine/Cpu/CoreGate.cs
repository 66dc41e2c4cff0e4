using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Shares cores among the callers of all engines, so that together they never use more. A caller that is alone gets all that its engine
/// asks for; where several keep coming, each gets its part and works on a picture of its own, which wastes less than taking turns with all
/// cores.
/// </summary>
/// <param name="cores">How many there are. An engine that asks for more gets them while it is alone.</param>
internal sealed class CoreGate(int cores)
{
    private readonly object gate = new();
    private int used;
    private int callers;
    private int recentCallers;

    /// <summary>That of this process.</summary>
    public static CoreGate OfProcess { get; } = new(PhysicalCores.Count);

    /// <summary>Waits for cores and takes a part of them, which goes back by <see cref="Release"/>.</summary>
    /// <param name="wanted">The most that are of use; at least 1.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public int Take(int wanted, CancellationToken cancellationToken)
    {
        using var wakeUp = cancellationToken.Register(() =>
        {
            lock (gate)
            {
                Monitor.PulseAll(gate);
            }
        });
        var limit = Math.Max(cores, wanted);
        lock (gate)
        {
            callers++;
            recentCallers = Math.Max(recentCallers, callers);
            while (used >= limit && !cancellationToken.IsCancellationRequested)
            {
                Monitor.Wait(gate);
            }

            if (cancellationToken.IsCancellationRequested)
            {
                callers--;
                throw new OperationCanceledException(cancellationToken);
            }

            // Whoever came while the last call ran is likely to come again.
            var share = Math.Clamp(limit / recentCallers, 1, Math.Min(wanted, limit - used));
            recentCallers = callers;
            used += share;
            return share;
        }
    }

    public void Release(int share)
    {
        lock (gate)
        {
            callers--;
            used -= share;
            Monitor.PulseAll(gate);
        }
    }
}

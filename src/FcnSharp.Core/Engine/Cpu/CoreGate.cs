using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Shares the cores among concurrent callers of all engines, so that they never use more cores than there are. A single caller gets all
/// cores that its engine requests; of several callers, each gets a share and computes its own picture, which has less overhead than taking
/// turns with all cores.
/// </summary>
/// <param name="cores">Number of cores. A single caller may get more if its engine requests more.</param>
internal sealed class CoreGate(int cores)
{
    private readonly object gate = new();
    private int used;
    private int callers;
    private int recentCallers;

    /// <summary>The gate of this process.</summary>
    public static CoreGate OfProcess { get; } = new(PhysicalCores.Count);

    /// <summary>Waits for free cores and takes a share of them, which <see cref="Release"/> returns.</summary>
    /// <param name="wanted">The largest useful number of cores; at least 1.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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

            // Callers that arrived while the last call ran are likely to arrive again.
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

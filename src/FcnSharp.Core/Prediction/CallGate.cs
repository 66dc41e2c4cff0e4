namespace FcnSharp.Prediction;

/// <summary>Counts the running calls, so that <see cref="Close"/> can wait for them and refuse later calls.</summary>
internal sealed class CallGate(string owner)
{
    private readonly object gate = new();
    private int running;
    private bool closed;

    /// <summary>Registers a call, which ends with <see cref="Leave"/>.</summary>
    /// <exception cref="ObjectDisposedException">The gate is closed.</exception>
    public void Enter()
    {
        lock (gate)
        {
            if (closed)
            {
                throw new ObjectDisposedException(
                    owner, $"This {owner} was disposed. Create another one, or dispose it after the last call.");
            }

            running++;
        }
    }

    public void Leave()
    {
        lock (gate)
        {
            running--;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Refuses new calls and waits for the running ones. True only for the first call of this method.</summary>
    public bool Close()
    {
        lock (gate)
        {
            var first = !closed;
            closed = true;
            while (running > 0)
            {
                Monitor.Wait(gate);
            }

            return first;
        }
    }
}

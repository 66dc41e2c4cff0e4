namespace FcnSharp.Torch.Tests.Support;

/// <summary>Collects garbage without a pause, on a thread of its own, until it is disposed.</summary>
internal sealed class Collector : IDisposable
{
    private readonly Thread thread;
    private volatile bool stopped;

    public Collector()
    {
        thread = new Thread(() =>
        {
            while (!stopped)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        });
        thread.Start();
    }

    public void Dispose()
    {
        stopped = true;
        thread.Join();
    }
}

namespace FcnSharp.Torch.Tests.Support;

/// <summary>Collects young garbage, where temporaries are, again and again, on a thread of its own, until it is disposed.</summary>
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
                GC.Collect(0);
                GC.WaitForPendingFinalizers();
                Thread.Sleep(0);
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

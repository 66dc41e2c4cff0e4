namespace FcnSharp.Torch.Tests.Support;

/// <summary>Runs collections of generation 0, in which temporaries are, on a separate thread until it is disposed.</summary>
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

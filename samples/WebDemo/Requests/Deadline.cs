namespace WebDemo.Requests;

/// <summary>Cancels the work of a request when its time is over or its client has left.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken clientLeft;
    private readonly CancellationTokenSource source;

    public Deadline(TimeSpan time, CancellationToken clientLeft)
    {
        this.clientLeft = clientLeft;
        source = CancellationTokenSource.CreateLinkedTokenSource(clientLeft);
        source.CancelAfter(time);
    }

    public CancellationToken Token => source.Token;

    /// <summary>Waits for a part of the work; when that ends because the time is over, throws <paramref name="late"/> instead.</summary>
    public async Task<T> HoldAsync<T>(Task<T> work, Func<ProblemException> late)
    {
        try
        {
            return await work;
        }
        catch (OperationCanceledException) when (!clientLeft.IsCancellationRequested)
        {
            throw late();
        }
    }

    public void Dispose() => source.Dispose();
}

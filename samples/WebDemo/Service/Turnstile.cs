using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace WebDemo.Service;

/// <summary>
/// Bounds what the service holds: a number of requests may come in, and of those a number are worked on while the others wait in line.
/// Thread-safe.
/// </summary>
internal sealed class Turnstile(IOptions<ServiceOptions> options) : IDisposable
{
    private readonly ConcurrencyLimiter places = new(new ConcurrencyLimiterOptions { PermitLimit = options.Value.MaxRequests });

    private readonly ConcurrencyLimiter turns = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = options.Value.MaxPicturesAtOnce,
        QueueLimit = options.Value.MaxRequests,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Requests that are inside.</summary>
    public long Inside => options.Value.MaxRequests - places.GetStatistics()!.CurrentAvailablePermits;

    /// <summary>Those of them that wait for their turn.</summary>
    public long Waiting => turns.GetStatistics()!.CurrentQueuedCount;

    /// <summary>A place for a request, if there is one; not acquired otherwise. Disposing gives it back.</summary>
    public RateLimitLease TryEnter() => places.AttemptAcquire();

    /// <summary>Waits for the turn of a request that is inside. Disposing ends the turn.</summary>
    /// <exception cref="OperationCanceledException">The request gave up.</exception>
    public ValueTask<RateLimitLease> WaitForTurnAsync(CancellationToken cancellationToken) =>
        turns.AcquireAsync(cancellationToken: cancellationToken);

    public void Dispose()
    {
        places.Dispose();
        turns.Dispose();
    }
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FcnSharp.Support;

/// <summary>Prefetches the results of work on a sequence's next items, in order.</summary>
internal static class OrderedPrefetch
{
    /// <summary>Starts the work on the items in order, on the thread pool, and returns the tasks in the same order. When the reader
    /// stops, no more tasks are started; disposal waits for those that were.</summary>
    /// <param name="items">The items, read one by one as capacity becomes free.</param>
    /// <param name="work">The work on one item.</param>
    /// <param name="ahead">The largest number of items in progress or ready, without the one that the reader holds.</param>
    /// <param name="cancellationToken">Ends the sequence.</param>
    public static async IAsyncEnumerable<(TItem Item, Task<TResult> Work)> Run<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> work,
        int ahead,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = Channel.CreateBounded<(TItem, Task<TResult>)>(
            new BoundedChannelOptions(ahead) { SingleReader = true, SingleWriter = true });
        var starting = StartAll(items, work, started.Writer, stop.Token);
        try
        {
            await foreach (var next in started.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return next;
            }

            await starting.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAny(starting).ConfigureAwait(false);
            while (started.Reader.TryRead(out var left))
            {
                await Task.WhenAny(left.Item2).ConfigureAwait(false);
            }
        }
    }

    private static async Task StartAll<TItem, TResult>(
        IAsyncEnumerable<TItem> items,
        Func<TItem, CancellationToken, Task<TResult>> work,
        ChannelWriter<(TItem, Task<TResult>)> started,
        CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await started.WaitToWriteAsync(cancellationToken).ConfigureAwait(false);
                started.TryWrite((item, Task.Run(() => work(item, cancellationToken), cancellationToken)));
            }

            started.Complete();
        }
        catch (Exception exception)
        {
            started.Complete(exception);
        }
    }
}

using System.Diagnostics;
using FcnSharp.Data;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Training.Loading;

/// <summary>Reads a data set as an infinite sequence of batches, epoch after epoch, prefetched on other threads.</summary>
/// <remarks>
/// The contents of a batch depend only on the seed, its epoch and its number, not on the number of workers and the size of the cache. Each
/// epoch has a different order of the pictures; the pictures of an incomplete last batch are skipped in that epoch, except if there are too
/// few pictures for a single batch, which then contains all of them. Only one reader at a time; any thread may call
/// <see cref="Dispose"/>.
/// </remarks>
internal sealed class TrainingLoader : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim workers;
    private readonly BatchBuilder builder;
    private readonly LoadingOptions loading;
    private long waitedTicks;
    private bool isRead;
    private bool disposed;

    /// <exception cref="ArgumentException">The data set is empty, or MinScale is above MaxScale.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The batch size is below 1.</exception>
    public TrainingLoader(
        ISegmentationDataset dataset, Normalization normalization, AugmentationOptions augmentation, LoadingOptions loading,
        int batchSize, long seed)
    {
        Guard.InRange(batchSize, 1, 1 << 16, nameof(batchSize), "Use 1 for a picture at a time.");
        if (dataset.Count == 0)
        {
            throw new ArgumentException(
                $"The data set \"{dataset.Name}\" has no pictures. Give a data set with pictures.", nameof(dataset));
        }

        if (augmentation.MinScale > augmentation.MaxScale)
        {
            throw new ArgumentException(
                Guard.Text($"MinScale, {augmentation.MinScale}, is above MaxScale, {augmentation.MaxScale}. Swap them."),
                nameof(augmentation));
        }

        this.loading = loading;
        workers = new SemaphoreSlim(loading.Workers);
        builder = new BatchBuilder(dataset, normalization, augmentation, loading, batchSize, seed);
    }

    /// <summary>Number of batches in an epoch; at least 1.</summary>
    public int BatchesPerEpoch => builder.BatchesPerEpoch;

    /// <summary>The total time that readers have waited for batches.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref waitedTicks));

    /// <summary>Bytes of decoded pictures in the cache.</summary>
    public long CachedBytes => builder.CachedBytes;

    /// <summary>Reads batches from a position, without end. A batch's buffers are valid until the next batch is requested.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="index">The first batch's number in that epoch, 0 to <see cref="BatchesPerEpoch"/> - 1.</param>
    /// <param name="cancellationToken">Stops prefetching, and ends the sequence with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">A picture of the requested batch cannot be used; the message names it. Earlier batches are
    /// returned first.</exception>
    /// <exception cref="InvalidOperationException">Another reader is active, or a batch does not fit an array.</exception>
    /// <exception cref="ObjectDisposedException">The loader is disposed.</exception>
    public IEnumerable<TrainingBatch> Read(int epoch, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        Guard.InRange(index, 0, BatchesPerEpoch - 1, nameof(index), "BatchesPerEpoch is the number of batches.");
        return ReadFrom(((long)epoch * BatchesPerEpoch) + index, cancellationToken);
    }

    /// <summary>Stops an active reader, and waits for batches in progress.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, true))
        {
            return;
        }

        stop.Cancel();
        for (var worker = 0; worker < loading.Workers; worker++)
        {
            workers.Wait();
        }

        workers.Dispose();
        stop.Dispose();
    }

    private IEnumerable<TrainingBatch> ReadFrom(long start, CancellationToken cancellationToken)
    {
        using var ending = Begin(cancellationToken);
        var numbers = Enumerable.InfiniteSequence(start, 1L).ToAsyncEnumerable();
        var batches = OrderedPrefetch.Run(numbers, MakeAsync, loading.PrefetchedBatches, ending.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        try
        {
            while (true)
            {
                ending.Token.ThrowIfCancellationRequested();
                var batch = Next(batches);
                yield return batch;
                builder.Recycle(batch);
            }
        }
        finally
        {
            batches.DisposeAsync().AsTask().GetAwaiter().GetResult();
            Volatile.Write(ref isRead, false);
        }
    }

    /// <summary>Starts a reader; it is cancelled by the caller's token and by the disposal of the loader.</summary>
    private CancellationTokenSource Begin(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return Interlocked.Exchange(ref isRead, true)
            ? throw new InvalidOperationException("The loader already has a reader. Finish that reader first, or create another loader.")
            : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stop.Token);
    }

    private async Task<TrainingBatch> MakeAsync(long number, CancellationToken cancellationToken)
    {
        await workers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (epoch, index) = Math.DivRem(number, BatchesPerEpoch);
            return builder.Build(checked((int)epoch), (int)index, cancellationToken);
        }
        finally
        {
            workers.Release();
        }
    }

    private TrainingBatch Next(IAsyncEnumerator<(long Number, Task<TrainingBatch> Work)> batches)
    {
        var since = Stopwatch.GetTimestamp();
        try
        {
            batches.MoveNextAsync().AsTask().GetAwaiter().GetResult();
            return batches.Current.Work.GetAwaiter().GetResult();
        }
        finally
        {
            Interlocked.Add(ref waitedTicks, Stopwatch.GetTimestamp() - since);
        }
    }
}

using System.Diagnostics;
using FcnSharp.Data;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Training.Loading;

/// <summary>Reads a data set as an endless row of batches, epoch after epoch, made ahead on other threads.</summary>
/// <remarks>
/// What a batch holds follows from the seed, its epoch and its number alone, whatever the number of workers and the size of the cache. Each
/// epoch visits the pictures in an order of its own; those left over when the last batch would be incomplete are left out of that epoch,
/// unless there are too few for a single batch, which then holds them all. One reader at a time; <see cref="Dispose"/> may be called by any
/// thread.
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
            throw new ArgumentException($"The data set \"{dataset.Name}\" has no pictures. Give one that has.", nameof(dataset));
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

    /// <summary>Batches in an epoch; at least 1.</summary>
    public int BatchesPerEpoch => builder.BatchesPerEpoch;

    /// <summary>How long readers have waited for batches in all.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref waitedTicks));

    /// <summary>Bytes of decoded pictures that are kept.</summary>
    public long CachedBytes => builder.CachedBytes;

    /// <summary>Reads on from a position, without end. A batch's buffers are good until the next one is asked for.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="index">The first batch's number in that epoch, 0 to <see cref="BatchesPerEpoch"/> - 1.</param>
    /// <param name="cancellationToken">Stops the work, and ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DatasetException">A picture of the batch that is asked for cannot be used; the message names it. Batches before it
    /// come out first.</exception>
    /// <exception cref="InvalidOperationException">Somebody else is reading, or a batch does not fit into one buffer.</exception>
    /// <exception cref="ObjectDisposedException">The loader is disposed of.</exception>
    public IEnumerable<TrainingBatch> Read(int epoch, int index, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        Guard.InRange(index, 0, BatchesPerEpoch - 1, nameof(index), "BatchesPerEpoch says how many there are.");
        return ReadFrom(((long)epoch * BatchesPerEpoch) + index, cancellationToken);
    }

    /// <summary>Stops a reading in progress, and waits for the batches that are being made.</summary>
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

    /// <summary>What ends a reading: the caller's token, or this loader's end.</summary>
    private CancellationTokenSource Begin(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        return Interlocked.Exchange(ref isRead, true)
            ? throw new InvalidOperationException("The loader is being read already. End that reading first, or make another loader.")
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

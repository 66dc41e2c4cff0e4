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
    private readonly Lock gate = new();
    private readonly BatchBuilder builder;
    private readonly LoadingOptions loading;
    private Prefetcher<TrainingBatch>? current;
    private TimeSpan waitedBefore;
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
        builder = new BatchBuilder(dataset, normalization, augmentation, loading, batchSize, seed);
    }

    /// <summary>Batches in an epoch; at least 1.</summary>
    public int BatchesPerEpoch => builder.BatchesPerEpoch;

    /// <summary>How long readers have waited for batches in all.</summary>
    public TimeSpan Waited
    {
        get
        {
            lock (gate)
            {
                return waitedBefore + (current?.Waited ?? TimeSpan.Zero);
            }
        }
    }

    /// <summary>Bytes of decoded pictures that are kept.</summary>
    public long CachedBytes => builder.CachedBytes;

    /// <summary>Reads on from a position, without end. A batch's buffers are good until the next one is asked for.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="index">The first batch's number in that epoch, 0 to <see cref="BatchesPerEpoch"/> - 1.</param>
    /// <param name="cancellationToken">Stops the workers, and ends the reading with an <see cref="OperationCanceledException"/>.</param>
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

    /// <summary>Stops a reading in progress and its threads.</summary>
    public void Dispose()
    {
        Prefetcher<TrainingBatch>? left;
        lock (gate)
        {
            disposed = true;
            left = current;
        }

        left?.Dispose();
    }

    private IEnumerable<TrainingBatch> ReadFrom(long start, CancellationToken cancellationToken)
    {
        var ahead = Begin(start, cancellationToken);
        try
        {
            while (true)
            {
                var batch = ahead.Take();
                yield return batch;
                builder.Recycle(batch);
            }
        }
        finally
        {
            ahead.Dispose();
            End(ahead);
        }
    }

    private Prefetcher<TrainingBatch> Begin(long start, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            return current is null
                ? current = new Prefetcher<TrainingBatch>(Make, loading.Workers, loading.PrefetchedBatches, cancellationToken)
                : throw new InvalidOperationException("The loader is being read already. End that reading first, or make another loader.");
        }

        TrainingBatch Make(long number, CancellationToken stopping)
        {
            var (epoch, index) = Math.DivRem(start + number, BatchesPerEpoch);
            return builder.Build(checked((int)epoch), (int)index, stopping);
        }
    }

    private void End(Prefetcher<TrainingBatch> ahead)
    {
        lock (gate)
        {
            waitedBefore += ahead.Waited;
            current = null;
        }
    }
}

using FcnSharp.Data;
using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Training.Loading;

/// <summary>Builds the batch of a position: its pictures, their augmentation and the size depend only on seed, epoch and number.
/// Thread-safe.</summary>
internal sealed class BatchBuilder(
    ISegmentationDataset dataset, Normalization normalization, AugmentationOptions augmentation, LoadingOptions loading,
    int batchSize, long seed)
{
    private readonly SampleCache cache = new(dataset, loading.CacheBytes);
    private readonly SampleRenderer renderer = new(normalization, (byte)dataset.IgnoreId);
    private readonly EpochOrder order = new(dataset.Count, seed);
    private readonly BatchBuffers buffers = new();

    /// <summary>Number of whole batches in an epoch; if there are fewer pictures than the batch size, one smaller batch.</summary>
    public int BatchesPerEpoch { get; } = Math.Max(1, dataset.Count / batchSize);

    /// <summary>Bytes of decoded pictures in the cache.</summary>
    public long CachedBytes => cache.Bytes;

    /// <exception cref="DatasetException">A picture cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled between two pictures.</exception>
    public TrainingBatch Build(int epoch, int index, CancellationToken cancellationToken)
    {
        var first = index * batchSize;
        var samples = Load(order.Of(epoch).AsSpan(first, Math.Min(batchSize, dataset.Count - first)), cancellationToken);
        var (width, height) = (samples.Max(sample => Window(sample).Width), samples.Max(sample => Window(sample).Height));
        CheckSize(samples.Length, width, height);
        var (pixels, labels) = buffers.Take(samples.Length, height, width);
        var area = height * width;
        for (var i = 0; i < samples.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var drawn = Augmentation.Draw(augmentation, Seeds.Mix(seed, epoch, first + i));
            var place = new BatchPlace(pixels.AsSpan(3 * area * i, 3 * area), labels.AsSpan(area * i, area), width);
            renderer.Render(samples[i], drawn, Window(samples[i]), place);
        }

        return new TrainingBatch
        {
            Pixels = pixels,
            Labels = labels,
            Count = samples.Length,
            Height = height,
            Width = width,
            Names = [.. samples.Select(sample => sample.Name)],
            Epoch = epoch,
            Index = index,
        };
    }

    /// <summary>Reuses a batch's buffers.</summary>
    public void Recycle(TrainingBatch batch) => buffers.Return(batch);

    private SegmentationSample[] Load(ReadOnlySpan<int> pictures, CancellationToken cancellationToken)
    {
        var samples = new SegmentationSample[pictures.Length];
        for (var i = 0; i < samples.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            samples[i] = cache.Get(pictures[i]);
        }

        return samples;
    }

    /// <summary>Size of the window of a picture in the batch.</summary>
    private (int Width, int Height) Window(SegmentationSample sample) =>
        (augmentation.CropWidth ?? sample.Picture.Width, augmentation.CropHeight ?? sample.Picture.Height);

    private static void CheckSize(int count, int width, int height)
    {
        if (3L * count * width * height > Array.MaxLength)
        {
            throw new InvalidOperationException(Guard.Text(
                $"A batch of {count} pictures of {width}x{height} pixels does not fit an array. " +
                $"Set a crop, or a smaller batch size."));
        }
    }
}

using FcnSharp.Data;

namespace FcnSharp.Training.Loading;

/// <summary>Reads samples and caches the first decoded ones that fit into a budget.</summary>
/// <remarks>Thread-safe. Which samples are cached depends on the order of the threads; the returned samples do not.</remarks>
internal sealed class SampleCache(ISegmentationDataset dataset, long budget)
{
    private readonly Lock gate = new();
    private readonly SegmentationSample?[] kept = new SegmentationSample?[dataset.Count];
    private long bytes;

    /// <summary>Bytes of the cached pictures and labels; never above the budget.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>A valid sample: labels of the picture's size, and every id a class or the ignored id.</summary>
    /// <exception cref="DatasetException">The sample cannot be read or has a fault.</exception>
    public SegmentationSample Get(int index)
    {
        if (Volatile.Read(ref kept[index]) is { } known)
        {
            return known;
        }

        var sample = dataset.Load(index);
        Check(sample);
        Keep(index, sample);
        return sample;
    }

    private void Keep(int index, SegmentationSample sample)
    {
        var size = (long)sample.Picture.Pixels.Length + sample.Labels.Labels.Length;
        lock (gate)
        {
            if (kept[index] is null && size <= budget - bytes)
            {
                bytes += size;
                Volatile.Write(ref kept[index], sample);
            }
        }
    }

    /// <summary>Data sets of files check their samples themselves; others may not.</summary>
    private void Check(SegmentationSample sample)
    {
        if (sample.FindFaults(dataset.Classes, dataset.IgnoreId).FirstOrDefault() is { } fault)
        {
            throw fault;
        }
    }
}

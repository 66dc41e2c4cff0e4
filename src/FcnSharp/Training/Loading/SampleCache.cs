using FcnSharp.Data;

namespace FcnSharp.Training.Loading;

/// <summary>Reads samples, and keeps as many decoded ones as fit into a budget: first come, first kept.</summary>
/// <remarks>Thread-safe. Which samples are kept depends on the order of the threads; what comes out does not.</remarks>
internal sealed class SampleCache(ISegmentationDataset dataset, long budget)
{
    private readonly Lock gate = new();
    private readonly SegmentationSample?[] kept = new SegmentationSample?[dataset.Count];
    private long bytes;

    /// <summary>Bytes of the pictures and labels that are kept; never above the budget.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>A sample that fits its data set: labels of the picture's size, every id a class or the ignored one.</summary>
    /// <exception cref="DatasetException">It cannot be read, or does not fit.</exception>
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

    /// <summary>Data sets of files check this themselves; others may not.</summary>
    private void Check(SegmentationSample sample)
    {
        if (sample.FindFaults(dataset.Classes, dataset.IgnoreId).FirstOrDefault() is { } fault)
        {
            throw fault;
        }
    }
}

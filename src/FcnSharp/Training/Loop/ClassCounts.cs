using System.Collections.Immutable;
using FcnSharp.Data;
using FcnSharp.Support;

namespace FcnSharp.Training.Loop;

/// <summary>Reads every picture of a data set once: finds faults before training starts, and counts the pixels of every
/// class.</summary>
internal static class ClassCounts
{
    /// <exception cref="DatasetException">A picture or its labels have a fault.</exception>
    /// <exception cref="TrainingException">No pixel has a class.</exception>
    public static ImmutableArray<long> Of(ISegmentationDataset dataset, CancellationToken cancellationToken)
    {
        var gate = new Lock();
        var counts = new long[dataset.Classes.Count];
        ParallelWork.Run(
            dataset.Count,
            atOnce: null,
            index =>
            {
                var pixels = CheckedCounts(dataset, index);
                lock (gate)
                {
                    for (var id = 0; id < counts.Length; id++)
                    {
                        counts[id] += id == dataset.IgnoreId ? 0 : pixels[id];
                    }
                }
            },
            cancellationToken);

        return counts.Any(count => count > 0)
            ? [.. counts]
            : throw new TrainingException($"No pixel of \"{dataset.Name}\" has a class: all have the ignored id {dataset.IgnoreId}.",
                "Check the masks and the data set's ignored id.");
    }

    private static long[] CheckedCounts(ISegmentationDataset dataset, int index)
    {
        var sample = dataset.Load(index);
        return sample.FindFaults(dataset.Classes, dataset.IgnoreId).FirstOrDefault() is { } fault
            ? throw fault
            : sample.Labels.CountPixels();
    }
}

using FcnSharp.Data;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Support;

/// <summary>A data set in memory; null stands for a damaged sample.</summary>
internal sealed class MemoryDataset(ClassList classes, int ignoreId, IReadOnlyList<SegmentationSample?> samples) : ISegmentationDataset
{
    public string Name => "in memory";

    public ClassList Classes => classes;

    public int IgnoreId => ignoreId;

    public int Count => samples.Count;

    public string NameOf(int index) => $"p{index}";

    public SegmentationSample Load(int index) =>
        samples[index] ?? throw new DatasetException(DatasetFault.UnreadableFile, $"p{index}.png", "cannot be read.", "Copy it again.");
}

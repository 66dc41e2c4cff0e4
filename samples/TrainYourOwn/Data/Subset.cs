using FcnSharp.Data;
using FcnSharp.Imaging;

namespace TrainYourOwn.Data;

/// <summary>Some pictures of a data set, in a given order.</summary>
internal sealed class Subset(ISegmentationDataset whole, string name, IReadOnlyList<int> indices) : ISegmentationDataset
{
    public string Name => name;

    public ClassList Classes => whole.Classes;

    public int IgnoreId => whole.IgnoreId;

    public int Count => indices.Count;

    public string NameOf(int index) => whole.NameOf(indices[index]);

    public SegmentationSample Load(int index) => whole.Load(indices[index]);
}

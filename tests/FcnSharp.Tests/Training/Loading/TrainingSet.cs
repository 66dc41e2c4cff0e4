using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Torch.Tests.Training.Loading;

/// <summary>Data sets in memory in which the colour of a pixel encodes its label, and the inverse mapping.</summary>
internal static class TrainingSet
{
    public const int IgnoreId = 255;

    /// <summary>A normalisation under which values equal bytes except for rounding, and padding (0) is black.</summary>
    public static Normalization Bytes { get; } = new(default, new(1f / 255, 1f / 255, 1f / 255));

    public static ClassList Classes { get; } = ClassList.Numbered(4);

    /// <summary>Pictures of one size, or of differing ones.</summary>
    public static MemoryDataset Of(int count, int width = 24, int height = 16, bool ragged = false) => new(
        Classes,
        IgnoreId,
        [.. Enumerable.Range(0, count)
            .Select(i => Blocks($"p{i}", width + (ragged ? 3 * (i % 4) : 0), height + (ragged ? i % 3 : 0), seed: i))]);

    /// <summary>A picture of square blocks of classes 0 to 3; a pixel's red, green and blue are 60 + 50 times its class.</summary>
    public static SegmentationSample Blocks(string name, int width, int height, int seed, int block = 4)
    {
        var random = new Random(seed);
        var across = (width + block - 1) / block;
        int[] blocks = [.. Enumerable.Range(0, across * ((height + block - 1) / block)).Select(_ => random.Next(4))];
        byte[] labels = [
            .. Enumerable.Range(0, width * height).Select(i => (byte)blocks[(i / width / block * across) + (i % width / block)])];
        return new SegmentationSample(name, Colored(labels, width, height), new LabelMap(labels, width, height));
    }

    public static RgbImage Colored(byte[] labels, int width, int height) =>
        new(labels.SelectMany(id => Enumerable.Repeat(ColorOf(id), 3)).ToArray(), width, height);

    public static byte ColorOf(byte id) => (byte)(60 + (50 * id));
}

using FcnSharp.Data;
using FcnSharp.Networks;
using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

/// <summary>The output of a <see cref="SampleRenderer"/> in buffers with other contents.</summary>
internal sealed record Drawn(float[] Pixels, byte[] Labels, int Width)
{
    public static Drawn Of(
        SegmentationSample sample, Augmentation augmentation, int width, int height, Normalization? normalization = null,
        int? placeWidth = null, int? placeHeight = null)
    {
        var (columns, rows) = (placeWidth ?? width, placeHeight ?? height);
        var pixels = new float[3 * columns * rows];
        var labels = new byte[columns * rows];
        Array.Fill(pixels, float.NaN);
        Array.Fill(labels, (byte)77);

        new SampleRenderer(normalization ?? TrainingSet.Bytes, TrainingSet.IgnoreId).Render(
            sample, augmentation, (width, height), new BatchPlace(pixels, labels, columns));

        return new Drawn(pixels, labels, columns);
    }

    /// <summary>The pixels whose neighbours within a distance of two have the same label and are not padding.</summary>
    public IEnumerable<int> Inner() => Enumerable.Range(0, Labels.Length).Where(i =>
        Labels[i] != TrainingSet.IgnoreId && Around(i).All(neighbour => neighbour == Labels[i]));

    public bool Equals(Drawn? other) =>
        other is not null && Width == other.Width && Pixels.AsSpan().SequenceEqual(other.Pixels)
        && Labels.AsSpan().SequenceEqual(other.Labels);

    public override int GetHashCode() => HashCode.Combine(Width, Labels.Length);

    private IEnumerable<byte> Around(int i)
    {
        var (column, row, height) = (i % Width, i / Width, Labels.Length / Width);
        return from dy in Enumerable.Range(-2, 5)
               from dx in Enumerable.Range(-2, 5)
               let x = Math.Clamp(column + dx, 0, Width - 1)
               let y = Math.Clamp(row + dy, 0, height - 1)
               select Labels[(y * Width) + x];
    }
}

using FcnSharp.Imaging;

namespace FcnSharp.Evaluation;

/// <summary>A picture that may become an example.</summary>
/// <param name="Index">The index in the data set.</param>
/// <param name="MeanIoU">The mean IoU of the picture.</param>
/// <param name="Thumbnail">The picture at 16x12 pixels: R, G, B.</param>
internal sealed record ExampleCandidate(int Index, double MeanIoU, ReadOnlyMemory<byte> Thumbnail)
{
    private const int Width = 16;
    private const int Height = 12;

    public static ExampleCandidate Of(int index, double meanIoU, RgbImage picture) =>
        new(index, meanIoU, picture.Resize(Width, Height).Pixels);

    /// <summary>The root of the mean squared difference of the thumbnails, 0 to 255.</summary>
    public double DistanceTo(ExampleCandidate other)
    {
        var mine = Thumbnail.Span;
        var its = other.Thumbnail.Span;
        var sum = 0.0;
        for (var i = 0; i < mine.Length; i++)
        {
            var difference = mine[i] - its[i];
            sum += difference * difference;
        }

        return Math.Sqrt(sum / mine.Length);
    }
}

using System.Numerics;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Training.Loading;

/// <summary>Brightness, contrast, saturation, gains and normalisation of channel values from 0 to 255, in one pass over rows of
/// planes.</summary>
/// <remarks>
/// The formulas of <see cref="AugmentationOptions"/>, combined: <c>v -> k (own v + grey g + offset)</c>, clipped to 0 and 255, then
/// <c>(v / 255 - mean) / deviation</c>.
/// </remarks>
internal readonly struct ColorTransform
{
    private const float RedShare = 0.299f, GreenShare = 0.587f, BlueShare = 0.114f;

    private readonly float own, grey, offset;
    private readonly ChannelValues gain, factor, shift;

    /// <param name="normalization">The normalisation of the network's input.</param>
    /// <param name="augmentation">Brightness, contrast, saturation and gains.</param>
    /// <param name="meanGrey">The mean grey of the picture, 0 to 255; no effect if the contrast is not changed.</param>
    public ColorTransform(Normalization normalization, Augmentation augmentation, double meanGrey)
    {
        var both = augmentation.Brightness * augmentation.Contrast;
        own = (float)(both * augmentation.Saturation);
        grey = (float)(both * (1 - augmentation.Saturation));
        offset = (float)((1 - augmentation.Contrast) * augmentation.Brightness * meanGrey);
        gain = augmentation.Gains;

        var (mean, deviation) = (normalization.Mean, normalization.Deviation);
        factor = new(1 / (255 * deviation.R), 1 / (255 * deviation.G), 1 / (255 * deviation.B));
        shift = new(-mean.R / deviation.R, -mean.G / deviation.G, -mean.B / deviation.B);
    }

    /// <summary>The mean grey of a picture, 0 to 255.</summary>
    public static double MeanGrey(RgbImage picture)
    {
        var (red, green, blue) = (0L, 0L, 0L);
        var pixels = picture.Pixels.Span;
        for (var at = 0; at + 2 < pixels.Length; at += 3)
        {
            red += pixels[at];
            green += pixels[at + 1];
            blue += pixels[at + 2];
        }

        return 3.0 / pixels.Length * ((RedShare * red) + (GreenShare * green) + (BlueShare * blue));
    }

    /// <summary>Transforms three rows of equal length in place.</summary>
    public void Apply(Span<float> red, Span<float> green, Span<float> blue)
    {
        var at = 0;
        for (; at <= red.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var (r, g, b) = (new Vector<float>(red[at..]), new Vector<float>(green[at..]), new Vector<float>(blue[at..]));
            var shared = (grey * ((RedShare * r) + (GreenShare * g) + (BlueShare * b))) + new Vector<float>(offset);
            Finish(r, shared, gain.R, factor.R, shift.R).CopyTo(red[at..]);
            Finish(g, shared, gain.G, factor.G, shift.G).CopyTo(green[at..]);
            Finish(b, shared, gain.B, factor.B, shift.B).CopyTo(blue[at..]);
        }

        for (; at < red.Length; at++)
        {
            var shared = (grey * ((RedShare * red[at]) + (GreenShare * green[at]) + (BlueShare * blue[at]))) + offset;
            red[at] = Finish(red[at], shared, gain.R, factor.R, shift.R);
            green[at] = Finish(green[at], shared, gain.G, factor.G, shift.G);
            blue[at] = Finish(blue[at], shared, gain.B, factor.B, shift.B);
        }
    }

    private Vector<float> Finish(Vector<float> value, Vector<float> shared, float gain, float factor, float shift) =>
        (Vector.Min(Vector.Max(gain * ((own * value) + shared), Vector<float>.Zero), new Vector<float>(255)) * factor)
        + new Vector<float>(shift);

    private float Finish(float value, float shared, float gain, float factor, float shift) =>
        (Math.Clamp(gain * ((own * value) + shared), 0, 255) * factor) + shift;
}

using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Lays class colours over a photo.</summary>
public static class Overlay
{
    // Colours are mixed in 16-bit fixed point.
    private const int One = 1 << 16;

    /// <summary>Mixes every pixel with its class's colour; pixels with <see cref="LabelMap.IgnoreId"/> stay photo.</summary>
    /// <param name="picture">The photo.</param>
    /// <param name="labels">Its classes; of the same size.</param>
    /// <param name="classes">Colours, and names for the legend; an id beyond them is black.</param>
    /// <param name="options">How to mix; <see langword="null"/> means the defaults.</param>
    /// <returns>A new picture, of the same size unless a legend was asked for.</returns>
    /// <exception cref="ArgumentException">Picture and labels differ in size.</exception>
    public static RgbImage Blend(RgbImage picture, LabelMap labels, ClassList classes, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        options ??= new OverlayOptions();

        var blended = Mix(picture, labels, classes.Palette, options);
        return options.Legend ? Legend.Beside(blended, labels, classes) : blended;
    }

    /// <inheritdoc cref="Blend(RgbImage, LabelMap, ClassList, OverlayOptions?)"/>
    /// <param name="picture">The photo.</param>
    /// <param name="labels">Its classes; of the same size.</param>
    /// <param name="palette">Colours; an id beyond them is black, and a legend shows ids instead of names.</param>
    /// <param name="options">How to mix; <see langword="null"/> means the defaults.</param>
    public static RgbImage Blend(RgbImage picture, LabelMap labels, Palette palette, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(palette);
        return Blend(picture, labels, ClassList.Numbered(palette), options);
    }

    private static RgbImage Mix(RgbImage picture, LabelMap labels, Palette palette, OverlayOptions options)
    {
        if (picture.Width != labels.Width || picture.Height != labels.Height)
        {
            throw new ArgumentException(Guard.Text(
                $"The picture is {picture.Width}x{picture.Height}, but the label map {labels.Width}x{labels.Height}. ") +
                "Resize the picture, or take the labels made from it.",
                nameof(labels));
        }

        var (keep, add) = Tables(palette, options);
        var rgb = GC.AllocateUninitializedArray<byte>(picture.Pixels.Length);
        var width = picture.Width;
        RowLoop.Run(picture.Height, labels.Labels.Length, y =>
            MixRow(
                picture.Pixels.Span.Slice(3 * width * y, 3 * width),
                labels.Labels.Span.Slice(width * y, width),
                keep, add, rgb.AsSpan(3 * width * y, 3 * width)));
        return new RgbImage(rgb, width, picture.Height);
    }

    private static void MixRow(ReadOnlySpan<byte> photo, ReadOnlySpan<byte> labels, int[] keep, int[] add, Span<byte> mixed)
    {
        var at = 0;
        foreach (var id in labels)
        {
            var kept = keep[id];
            mixed[at] = (byte)(((photo[at] * kept) + add[3 * id]) >> 16);
            mixed[at + 1] = (byte)(((photo[at + 1] * kept) + add[(3 * id) + 1]) >> 16);
            mixed[at + 2] = (byte)(((photo[at + 2] * kept) + add[(3 * id) + 2]) >> 16);
            at += 3;
        }
    }

    /// <summary>For every id: the photo's part, and three channels of colour's part with the half that rounds to nearest.</summary>
    private static (int[] Keep, int[] Add) Tables(Palette palette, OverlayOptions options)
    {
        var (keep, add) = (new int[256], new int[3 * 256]);
        var colors = palette.ToBytes();
        var opacity = (int)Math.Round(options.Opacity * One);
        for (var id = 0; id < 256; id++)
        {
            var part = id == LabelMap.IgnoreId || id == options.UnblendedId ? 0 : opacity;
            keep[id] = One - part;
            for (var channel = 3 * id; channel < (3 * id) + 3; channel++)
            {
                add[channel] = (colors[channel] * part) + (One / 2);
            }
        }

        return (keep, add);
    }
}

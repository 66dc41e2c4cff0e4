using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Blends class colours with a photo.</summary>
public static class Overlay
{
    // Colours are blended in 16-bit fixed point.
    private const int One = 1 << 16;

    private const double OutlineOpacity = 0.9;
    private const double PixelsPerOutline = 600;

    /// <summary>Blends every pixel with the colour of its class, with a higher opacity along the borders of regions; pixels with
    /// <see cref="LabelMap.IgnoreId"/> are not changed.</summary>
    /// <param name="picture">The photo.</param>
    /// <param name="labels">The labels of the photo, of the same size.</param>
    /// <param name="classes">Names for the legend, and colours unless the options have a palette; an id beyond them is black.</param>
    /// <param name="options">Opacity, colours, outlines and legend; <see langword="null"/> means the defaults.</param>
    /// <returns>A new picture, of the same size unless a legend was requested.</returns>
    /// <exception cref="ArgumentException">Picture and labels differ in size.</exception>
    public static RgbImage Blend(RgbImage picture, LabelMap labels, ClassList classes, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        options ??= new OverlayOptions();

        var palette = options.Palette ?? classes.OverlayPalette;
        var blended = Mix(picture, labels, palette, options);
        return options.Legend ? Legend.Below(blended, labels, classes.WithPalette(palette)) : blended;
    }

    /// <inheritdoc cref="Blend(RgbImage, LabelMap, ClassList, OverlayOptions?)"/>
    /// <param name="picture">The photo.</param>
    /// <param name="labels">The labels of the photo, of the same size.</param>
    /// <param name="palette">Colours; an id beyond them is black, and a legend shows ids instead of names.</param>
    /// <param name="options">Opacity, outlines and legend; <see langword="null"/> means the defaults.</param>
    public static RgbImage Blend(RgbImage picture, LabelMap labels, Palette palette, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(palette);
        return Blend(picture, labels, ClassList.Numbered(palette), (options ?? new OverlayOptions()) with { Palette = palette });
    }

    private static RgbImage Mix(RgbImage picture, LabelMap labels, Palette palette, OverlayOptions options)
    {
        if (picture.Width != labels.Width || picture.Height != labels.Height)
        {
            throw new ArgumentException(Guard.Text(
                $"The picture is {picture.Width}x{picture.Height}, but the label map is {labels.Width}x{labels.Height}. ") +
                "Resize the picture, or use the labels that were made from it.",
                nameof(labels));
        }

        var inside = MixingTable.Of(palette, options, options.Opacity);
        var border = MixingTable.Of(palette, options, Math.Max(OutlineOpacity, options.Opacity));
        var outline = options.Opacity == 0
            ? 0
            : options.OutlineWidth ?? Math.Max(1, (int)Math.Round(Math.Max(picture.Width, picture.Height) / PixelsPerOutline));
        var rgb = GC.AllocateUninitializedArray<byte>(picture.Pixels.Length);
        var width = picture.Width;
        RowLoop.Run(picture.Height, labels.Labels.Length, y =>
        {
            var photo = picture.Pixels.Span.Slice(3 * width * y, 3 * width);
            var mixed = rgb.AsSpan(3 * width * y, 3 * width);
            inside.Mix(photo, labels.Labels.Span.Slice(width * y, width), mixed);
            if (outline > 0)
            {
                MixBorders(labels, y, outline, photo, border, mixed);
            }
        });
        return new RgbImage(rgb, width, picture.Height);
    }

    /// <summary>Blends again those pixels of a row that are at most <paramref name="reach"/> pixels from another class, vertically or
    /// horizontally.</summary>
    private static void MixBorders(
        LabelMap labels, int y, int reach, ReadOnlySpan<byte> photo, MixingTable table, Span<byte> mixed)
    {
        var row = RowAt(y);
        var above = RowAt(y - 1);
        var below = RowAt(y + 1);
        var farAbove = RowAt(y - reach);
        var farBelow = RowAt(y + reach);
        for (var x = 0; x < row.Length; x++)
        {
            var id = row[x];
            if (above[x] != id || below[x] != id || farAbove[x] != id || farBelow[x] != id
                || row[Math.Max(0, x - 1)] != id || row[Math.Min(row.Length - 1, x + 1)] != id
                || row[Math.Max(0, x - reach)] != id || row[Math.Min(row.Length - 1, x + reach)] != id)
            {
                table.Mix(photo.Slice(3 * x, 3), row.Slice(x, 1), mixed.Slice(3 * x, 3));
            }
        }

        ReadOnlySpan<byte> RowAt(int at) =>
            labels.Labels.Span.Slice(labels.Width * Math.Clamp(at, 0, labels.Height - 1), labels.Width);
    }

    /// <summary>For every id: the weight of the photo, and the weighted colour of three channels plus one half for rounding to
    /// nearest.</summary>
    private sealed record MixingTable(int[] Keep, int[] Add)
    {
        public static MixingTable Of(Palette palette, OverlayOptions options, double opacity)
        {
            var (keep, add) = (new int[256], new int[3 * 256]);
            var colors = palette.ToBytes();
            var ofColor = (int)Math.Round(opacity * One);
            for (var id = 0; id < 256; id++)
            {
                var part = id == LabelMap.IgnoreId || id == options.UnblendedId ? 0 : ofColor;
                keep[id] = One - part;
                for (var channel = 3 * id; channel < (3 * id) + 3; channel++)
                {
                    add[channel] = (colors[channel] * part) + (One / 2);
                }
            }

            return new MixingTable(keep, add);
        }

        public void Mix(ReadOnlySpan<byte> photo, ReadOnlySpan<byte> labels, Span<byte> mixed)
        {
            var at = 0;
            foreach (var id in labels)
            {
                var kept = Keep[id];
                mixed[at] = (byte)(((photo[at] * kept) + Add[3 * id]) >> 16);
                mixed[at + 1] = (byte)(((photo[at + 1] * kept) + Add[(3 * id) + 1]) >> 16);
                mixed[at + 2] = (byte)(((photo[at + 2] * kept) + Add[(3 * id) + 2]) >> 16);
                at += 3;
            }
        }
    }
}

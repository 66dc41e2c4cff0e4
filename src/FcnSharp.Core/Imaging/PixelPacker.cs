using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Converts pixels of any 8-bit layout to R, G, B bytes without padding; transparent pixels are blended with white.</summary>
internal static class PixelPacker
{
    /// <summary>Packs a caller's buffer with <paramref name="stride"/> bytes per row; 0 means rows without padding.</summary>
    public static RgbImage FromBuffer(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelLayout layout)
    {
        Guard.PictureSize(width, height);
        var tight = (long)layout.Bytes * width;
        long step = stride == 0 ? tight : stride;
        if (step < tight)
        {
            throw new ArgumentException(Guard.Text(
                $"A row of {width} pixels takes {tight} bytes, but the stride is {stride}. ") +
                "Give the stride in bytes, or 0 for rows without padding.",
                nameof(stride));
        }

        var (least, most) = ((step * (height - 1)) + tight, step * height);
        if (pixels.Length < least || pixels.Length > most)
        {
            throw new ArgumentException(Guard.Text(
                $"A {width}x{height} picture of {layout.Bytes} bytes per pixel and {step} bytes per row takes {most} bytes, ") +
                Guard.Text($"but the buffer has {pixels.Length}. Check the pixel layout and the stride, or slice the buffer."),
                nameof(pixels));
        }

        return Pack(pixels, PixelWalk.RowByRow(width, height, layout.Bytes, step), layout);
    }

    /// <summary>Packs the pixels that <paramref name="walk"/> visits.</summary>
    public static RgbImage Pack(ReadOnlySpan<byte> source, PixelWalk walk, PixelLayout layout)
    {
        var rgb = GC.AllocateUninitializedArray<byte>(checked(3 * walk.Width * walk.Height));
        for (var y = 0; y < walk.Height; y++)
        {
            var row = rgb.AsSpan(3 * y * walk.Width, 3 * walk.Width);
            var start = (int)(walk.Start + (y * walk.StepY));
            if (layout.Alpha < 0)
            {
                PackOpaqueRow(source, start, (int)walk.StepX, layout, row);
            }
            else
            {
                PackRowOnWhite(source, start, (int)walk.StepX, layout, row);
            }
        }

        return new RgbImage(rgb, walk.Width, walk.Height);
    }

    private static void PackOpaqueRow(ReadOnlySpan<byte> source, int at, int step, PixelLayout layout, Span<byte> row)
    {
        for (var i = 0; i + 2 < row.Length; i += 3, at += step)
        {
            row[i] = source[at + layout.Red];
            row[i + 1] = source[at + layout.Green];
            row[i + 2] = source[at + layout.Blue];
        }
    }

    private static void PackRowOnWhite(ReadOnlySpan<byte> source, int at, int step, PixelLayout layout, Span<byte> row)
    {
        for (var i = 0; i + 2 < row.Length; i += 3, at += step)
        {
            int alpha = source[at + layout.Alpha];
            if (alpha == 255)
            {
                row[i] = source[at + layout.Red];
                row[i + 1] = source[at + layout.Green];
                row[i + 2] = source[at + layout.Blue];
                continue;
            }

            row[i] = OnWhite(source[at + layout.Red], alpha);
            row[i + 1] = OnWhite(source[at + layout.Green], alpha);
            row[i + 2] = OnWhite(source[at + layout.Blue], alpha);
        }
    }

    /// <summary>Blends an unpremultiplied channel with white, rounded to nearest.</summary>
    private static byte OnWhite(int channel, int alpha) => (byte)(((channel * alpha) + (255 * (255 - alpha)) + 127) / 255);
}

/// <summary>The byte offsets of a pixel's channels; an alpha of -1 means opaque.</summary>
internal readonly record struct PixelLayout(int Bytes, int Red, int Green, int Blue, int Alpha = -1)
{
    public static PixelLayout Gray => new(Bytes: 1, Red: 0, Green: 0, Blue: 0);

    public static PixelLayout Rgb => new(Bytes: 3, Red: 0, Green: 1, Blue: 2);

    public static PixelLayout Bgr => new(Bytes: 3, Red: 2, Green: 1, Blue: 0);

    public static PixelLayout Bgra => new(Bytes: 4, Red: 2, Green: 1, Blue: 0, Alpha: 3);

    public static PixelLayout Rgba => new(Bytes: 4, Red: 0, Green: 1, Blue: 2, Alpha: 3);

    public static PixelLayout Rgbx => new(Bytes: 4, Red: 0, Green: 1, Blue: 2);
}

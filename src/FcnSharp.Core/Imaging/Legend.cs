using FcnSharp.Support;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Draws which colour is which class, and how much of the picture it covers.</summary>
public static class Legend
{
    private static readonly SKColor Ink = new(0x20, 0x24, 0x28);
    private static readonly SKColor FaintInk = new(0x5A, 0x62, 0x6A);
    private static readonly SKColor Line = new(0, 0, 0, 0x40);

    /// <summary>Sets a legend at a picture's right: swatch, name and share of every class that the labels have, largest first.</summary>
    /// <remarks>
    /// Text grows with the picture's height, as far as the legend does not dwarf a narrow picture; many classes go into several columns,
    /// long names end in an ellipsis.
    /// Characters that the built-in font lacks come from the system's fonts, where there are any.
    /// </remarks>
    /// <param name="picture">Goes to the left, as it is.</param>
    /// <param name="labels">What is counted; pixels with <see cref="LabelMap.IgnoreId"/> are not.</param>
    /// <param name="classes">Names and colours; an id beyond them is called <c>class 42</c> and is black.</param>
    /// <returns>
    /// A wider picture, of the same height unless that is too low for a line of text;
    /// <paramref name="picture"/> itself if no pixel is labelled.
    /// </returns>
    /// <exception cref="ArgumentException">Picture and legend together do not fit into one buffer.</exception>
    public static RgbImage Beside(RgbImage picture, LabelMap labels, ClassList classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);

        var shares = ClassShare.Of(labels, classes);
        if (shares.Count == 0)
        {
            return picture;
        }

        using var text = new LegendText(LegendLayout.TextSizeFor(picture.Width, picture.Height));
        LegendRow[] rows = [.. shares.Select(share => LegendRow.Of(share, text))];
        var layout = new LegendLayout(rows, text, picture.Height);
        CheckFits(picture.Width + (long)layout.Width, layout.Height);
        return Join(picture, Draw(rows, text, layout), layout.Height);
    }

    private static void CheckFits(long width, int height)
    {
        if (3 * width * height > Array.MaxLength)
        {
            throw new ArgumentException(
                Guard.Text($"With its legend the picture would be {width}x{height}, which does not fit into one buffer. ") +
                "Leave the legend out, or resize the picture first.");
        }
    }

    /// <summary>The rows, without the white below them.</summary>
    private static RgbImage Draw(LegendRow[] rows, LegendText text, LegendLayout layout)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(layout.Width, layout.RowsHeight, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        for (var i = 0; i < rows.Length; i++)
        {
            var place = layout.Place(i);
            DrawSwatch(canvas, place.Swatch, rows[i].Color);
            text.Draw(canvas, rows[i].Name, place.NameLeft, place.Baseline, Ink);
            text.Draw(canvas, rows[i].Share, place.ShareRight - rows[i].ShareWidth, place.Baseline, FaintInk);
        }

        canvas.Flush();
        return PixelPacker.FromBuffer(bitmap.GetPixelSpan(), layout.Width, layout.RowsHeight, bitmap.RowBytes, PixelLayout.Rgbx);
    }

    private static void DrawSwatch(SKCanvas canvas, SKRect box, RgbColor color)
    {
        var corner = box.Height / 6;
        using var fill = new SKPaint { Color = new SKColor(color.R, color.G, color.B), IsAntialias = true };
        canvas.DrawRoundRect(box, corner, corner, fill);

        // A thin rim, so that a white swatch shows on white paper.
        var rim = Math.Max(1, box.Height / 24);
        box.Inflate(-rim / 2, -rim / 2);
        using var line = new SKPaint { Color = Line, IsAntialias = true, IsStroke = true, StrokeWidth = rim };
        canvas.DrawRoundRect(box, corner, corner, line);
    }

    private static RgbImage Join(RgbImage picture, RgbImage panel, int height)
    {
        var width = picture.Width + panel.Width;
        var rgb = GC.AllocateUninitializedArray<byte>(3 * width * height);
        rgb.AsSpan().Fill(255);
        Copy(picture, left: 0);
        Copy(panel, left: picture.Width);
        return new RgbImage(rgb, width, height);

        void Copy(RgbImage part, int left)
        {
            var bytes = 3 * part.Width;
            for (var y = 0; y < part.Height; y++)
            {
                part.Pixels.Span.Slice(bytes * y, bytes).CopyTo(rgb.AsSpan(3 * ((width * y) + left)));
            }
        }
    }
}

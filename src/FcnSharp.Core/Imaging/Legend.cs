using FcnSharp.Support;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Draws legends: the colour, the name and the share of each class.</summary>
public static class Legend
{
    // A picture whose mean of red, green and blue is below this value is dark, and gets a dark legend.
    private const int DarkPicture = 80;

    // Widths are measured at this text size and scaled for others.
    private const float MeasuredSize = 64;

    internal static readonly Inks Dark =
        new(new(0x14, 0x17, 0x1A), new(0xF0, 0xF2, 0xF4), new(0xA8, 0xB0, 0xB8), new(0xFF, 0xFF, 0xFF, 0x50));

    private static readonly Inks Light = new(new(0xFF, 0xFF, 0xFF), new(0x20, 0x24, 0x28), new(0x5A, 0x62, 0x6A), new(0, 0, 0, 0x40));

    /// <summary>Adds a legend below a picture: swatch, name and share of every class that occurs in the labels, largest first.</summary>
    /// <remarks>
    /// The legend takes at most a fifth of the picture's height: the text size, which grows with the picture, is reduced to at least 10
    /// pixels, and then the smallest classes are left out. The legend of a dark picture is dark. Long names end in an ellipsis. Characters
    /// that the built-in font lacks are drawn in system fonts, if there are any.
    /// </remarks>
    /// <param name="picture">The picture, which is copied to the top unchanged.</param>
    /// <param name="labels">The labels to count, without pixels of <see cref="LabelMap.IgnoreId"/>.</param>
    /// <param name="classes">Names and colours; an id beyond them is called <c>class 42</c> and is black.</param>
    /// <returns>
    /// A taller picture, of the same width unless that is too narrow for a line of text;
    /// <paramref name="picture"/> itself if no pixel is labelled.
    /// </returns>
    /// <exception cref="ArgumentException">Picture and legend together do not fit an array.</exception>
    public static RgbImage Below(RgbImage picture, LabelMap labels, ClassList classes)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        if (RowsOf(labels, classes) is not { Length: > 0 } rows)
        {
            return picture;
        }

        var layout = LegendLayout.Below(rows.Length, rows.Max(row => row.Width), picture.Width, picture.Height);
        CheckFits(layout.Width, picture.Height + layout.Height);
        var inks = Mean(picture) < DarkPicture ? Dark : Light;
        return Join(picture, Draw(rows, layout, inks), inks.Paper, layout.Width, picture.Height + layout.Height);
    }

    /// <summary>Draws a separate legend with one column: swatch, name and share of every class that occurs in the labels, largest
    /// first.</summary>
    /// <param name="labels">The labels to count; the text size grows with their height.</param>
    /// <param name="classes">Names and colours; an id beyond them is called <c>class 42</c> and is black.</param>
    /// <returns>The legend; null if no pixel is labelled.</returns>
    public static RgbImage? Alone(LabelMap labels, ClassList classes)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        return RowsOf(labels, classes) is { Length: > 0 } rows
            ? Draw(rows, LegendLayout.Alone(rows.Length, rows.Max(row => row.Width), labels.Height), Light)
            : null;
    }

    /// <summary>The lines of a legend without shares.</summary>
    internal static LegendRow[] RowsOf(ClassList classes)
    {
        using var text = new LegendText(MeasuredSize);
        return [.. classes.Select(info => LegendRow.Of(info, text))];
    }

    private static LegendRow[] RowsOf(LabelMap labels, ClassList classes)
    {
        using var text = new LegendText(MeasuredSize);
        return [.. ClassShare.Of(labels, classes).Select(share => LegendRow.Of(share, text))];
    }

    private static double Mean(RgbImage picture)
    {
        var sum = 0L;
        foreach (var value in picture.Pixels.Span)
        {
            sum += value;
        }

        return (double)sum / picture.Pixels.Length;
    }

    internal static void CheckFits(long width, long height)
    {
        if (3 * width * height > Array.MaxLength)
        {
            throw new ArgumentException(
                Guard.Text($"With its legend the picture would be {width}x{height}, which does not fit an array. ") +
                "Omit the legend, or resize the picture first.");
        }
    }

    internal static RgbImage Draw(LegendRow[] rows, LegendLayout layout, Inks inks)
    {
        using var text = new LegendText(layout.TextSize);
        using var bitmap = new SKBitmap(new SKImageInfo(layout.Width, layout.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(inks.Paper);
        for (var i = 0; i < layout.Rows; i++)
        {
            var place = layout.Place(i, text.CapHeight);
            DrawSwatch(canvas, place.Swatch, rows[i].Color, inks.Line);
            var name = text.Shorten(rows[i].Name, layout.RoomForName(rows[i].ShareWidth));
            text.Draw(canvas, name, place.NameLeft, place.Baseline, inks.Text);
            text.Draw(canvas, rows[i].Share, place.ShareRight - (rows[i].ShareWidth * text.Size), place.Baseline, inks.FaintText);
        }

        canvas.Flush();
        return PixelPacker.FromBuffer(bitmap.GetPixelSpan(), layout.Width, layout.Height, bitmap.RowBytes, PixelLayout.Rgbx);
    }

    private static void DrawSwatch(SKCanvas canvas, SKRect box, RgbColor color, SKColor edge)
    {
        var corner = box.Height / 6;
        using var fill = new SKPaint { Color = new SKColor(color.R, color.G, color.B), IsAntialias = true };
        canvas.DrawRoundRect(box, corner, corner, fill);

        // A thin rim makes a white swatch visible on white.
        var rim = Math.Max(1, box.Height / 24);
        box.Inflate(-rim / 2, -rim / 2);
        using var line = new SKPaint { Color = edge, IsAntialias = true, IsStroke = true, StrokeWidth = rim };
        canvas.DrawRoundRect(box, corner, corner, line);
    }

    /// <summary>Copies a picture and a panel below it to a background of a size that holds both.</summary>
    internal static RgbImage Join(RgbImage picture, RgbImage panel, SKColor paper, int width, int height)
    {
        var rgb = GC.AllocateUninitializedArray<byte>(3 * width * height);
        for (var at = 0; at < rgb.Length; at += 3)
        {
            (rgb[at], rgb[at + 1], rgb[at + 2]) = (paper.Red, paper.Green, paper.Blue);
        }

        Copy(picture, top: 0);
        Copy(panel, top: picture.Height);
        return new RgbImage(rgb, width, height);

        void Copy(RgbImage part, int top)
        {
            var bytes = 3 * part.Width;
            for (var y = 0; y < part.Height; y++)
            {
                part.Pixels.Span.Slice(bytes * y, bytes).CopyTo(rgb.AsSpan(3 * width * (top + y)));
            }
        }
    }

    /// <summary>The colours of a legend.</summary>
    internal sealed record Inks(SKColor Paper, SKColor Text, SKColor FaintText, SKColor Line);
}

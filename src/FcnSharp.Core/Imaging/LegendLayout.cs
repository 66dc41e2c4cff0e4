using System.Globalization;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>The layout of a legend, in pixels. All measures are proportional to the text size.</summary>
/// <remarks>
/// A legend takes at most a fifth of the picture's height. The text size is reduced until it fits, down to
/// <see cref="SmallestText"/>; then the smallest classes are left out.
/// </remarks>
internal sealed class LegendLayout
{
    private const float SmallestText = 10;
    private const float UsualSmallestText = 12;

    // The text size is about one forty-fifth of the side of a square picture of the same area.
    private const float TextsInASide = 45;

    private const float Part = 1 / 5f;

    // In text sizes.
    private const float RowHeight = 1.6f;
    private const float Margin = 1;
    private const float Swatch = 1.05f;
    private const float NameLeft = Swatch + 0.55f;
    private const float ShareGap = 1;
    private const float ColumnGap = 1.8f;
    private const float LeastEntryWidth = 9;

    private readonly float entryWidth;
    private readonly int rowsInColumn;
    private readonly float pitch;

    private LegendLayout(int rows, float entryWidth, float textSize, int columns, float pictureWidth)
    {
        (TextSize, Rows, this.entryWidth) = (textSize, rows, entryWidth * textSize);
        rowsInColumn = (rows + columns - 1) / columns;
        Width = (int)MathF.Ceiling(MathF.Max(pictureWidth, (entryWidth + (2 * Margin)) * textSize));
        Height = (int)MathF.Ceiling(HeightOf(rowsInColumn, textSize));
        pitch = (Width - (((2 * Margin) - ColumnGap) * textSize)) / columns;
    }

    public float TextSize { get; }

    /// <summary>Number of classes that are shown, largest first.</summary>
    public int Rows { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>The layout of a legend below a picture.</summary>
    /// <param name="rows">Number of classes, at least 1.</param>
    /// <param name="entryWidth">Width of the widest entry, in text sizes; see <see cref="LegendRow.Width"/>.</param>
    /// <param name="pictureWidth">Columns of the picture.</param>
    /// <param name="pictureHeight">Rows of the picture.</param>
    public static LegendLayout Below(int rows, float entryWidth, int pictureWidth, int pictureHeight)
    {
        var usual = MathF.Max(UsualSmallestText, MathF.Round(MathF.Sqrt((float)pictureWidth * pictureHeight) / TextsInASide));
        for (var size = usual; size >= SmallestText; size--)
        {
            var columns = ColumnsIn(pictureWidth, entryWidth, size);
            if (columns > 0 && HeightOf((rows + columns - 1) / columns, size) <= Part * pictureHeight)
            {
                return new LegendLayout(rows, entryWidth, size, columns, pictureWidth);
            }
        }

        var shorter = MathF.Max(LeastEntryWidth, MathF.Min(entryWidth, (pictureWidth / SmallestText) - (2 * Margin)));
        var most = Math.Max(1, ColumnsIn(pictureWidth, shorter, SmallestText));
        var rowsThatFit = Math.Max(1, (int)(((Part * pictureHeight / SmallestText) - Margin) / RowHeight));
        return new LegendLayout(Math.Min(rows, most * rowsThatFit), shorter, SmallestText, most, pictureWidth);
    }

    /// <summary>The layout of a legend below the frames of a video: every class has a line, even if that takes more than a
    /// fifth.</summary>
    /// <inheritdoc cref="Below"/>
    public static LegendLayout BelowFrames(int rows, float entryWidth, int pictureWidth, int pictureHeight)
    {
        var layout = Below(rows, entryWidth, pictureWidth, pictureHeight);
        return layout.Rows == rows
            ? layout
            : new LegendLayout(
                rows, entryWidth, SmallestText, Math.Max(1, ColumnsIn(pictureWidth, entryWidth, SmallestText)), pictureWidth);
    }

    /// <summary>The layout of a separate legend: one column.</summary>
    public static LegendLayout Alone(int rows, float entryWidth, int pictureHeight) =>
        new(rows, entryWidth, MathF.Max(UsualSmallestText, MathF.Round(pictureHeight / 36f)), columns: 1, pictureWidth: 0);

    /// <summary>The position of row <paramref name="i"/>: rows fill the first column, then the next.</summary>
    public (SKRect Swatch, float NameLeft, float ShareRight, float Baseline) Place(int i, float capHeight)
    {
        var left = (Margin * TextSize) + (i / rowsInColumn * pitch);
        var top = (Margin / 2 * TextSize) + (i % rowsInColumn * RowHeight * TextSize);
        var side = MathF.Round(Swatch * TextSize);
        var swatchTop = MathF.Round(top + (((RowHeight * TextSize) - side) / 2));
        var baseline = MathF.Round(top + (((RowHeight * TextSize) + capHeight) / 2));
        return (SKRect.Create(MathF.Round(left), swatchTop, side, side), left + (NameLeft * TextSize), left + entryWidth, baseline);
    }

    /// <summary>Pixels available for a class's name beside its share.</summary>
    /// <param name="share">The share's width, in text sizes.</param>
    public float RoomForName(float share) => entryWidth - ((NameLeft + ShareGap + share) * TextSize);

    /// <summary>The width of a class's entry, in text sizes.</summary>
    /// <param name="name">Width of the name, in text sizes.</param>
    /// <param name="share">Width of the share, in text sizes.</param>
    public static float EntryWidth(float name, float share) => NameLeft + name + ShareGap + share;

    private static float HeightOf(int rows, float size) => ((rows * RowHeight) + Margin) * size;

    private static int ColumnsIn(int width, float entryWidth, float size) =>
        (int)(((width / size) - (2 * Margin) + ColumnGap) / (entryWidth + ColumnGap));
}

/// <summary>One entry of a legend: its texts as drawn, and their widths in text sizes.</summary>
internal readonly record struct LegendRow(RgbColor Color, string Name, float NameWidth, string Share, float ShareWidth)
{
    // In text sizes; "motorbike" fits more than twice.
    private const float LongestName = 12;

    /// <summary>The width of the whole entry, in text sizes.</summary>
    public float Width => LegendLayout.EntryWidth(NameWidth, ShareWidth);

    public static LegendRow Of(ClassShare share, LegendText text)
    {
        var percent = Percent(share.Share);
        return Of(share.Info, text) with { Share = percent, ShareWidth = text.Measure(percent) / text.Size };
    }

    /// <summary>A line without a share.</summary>
    public static LegendRow Of(ClassInfo info, LegendText text)
    {
        var name = text.Shorten(info.DisplayName, LongestName * text.Size);
        return new LegendRow(info.Color, name, text.Measure(name) / text.Size, Share: "", ShareWidth: 0);
    }

    /// <summary>A share in percent with one decimal; a small share is shown as &lt;0.1 %, not as 0.0 %.</summary>
    public static string Percent(double share) =>
        share < 0.0005 ? "<0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}

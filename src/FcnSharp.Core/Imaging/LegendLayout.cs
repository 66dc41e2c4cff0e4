using System.Globalization;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Where everything in a legend goes, in pixels. All measures follow from the text size.</summary>
internal sealed class LegendLayout
{
    private const float SmallestText = 12;

    /// <summary>A column of rows is at most about this wide, in text sizes.</summary>
    private const long ColumnWidth = 20;

    /// <summary>Pixels that a legend may have beside however small a picture.</summary>
    private const long SmallPanel = 1 << 24;

    private readonly LegendText text;
    private readonly int rowsInColumn;
    private readonly float rowHeight;
    private readonly float margin;
    private readonly float swatch;
    private readonly float columnGap;
    private readonly (float Left, float Right)[] columns;

    public LegendLayout(ReadOnlySpan<LegendRow> rows, LegendText text, int pictureHeight)
    {
        this.text = text;
        margin = MathF.Round(text.Size);
        rowHeight = MathF.Round(text.Size * 1.6f);
        swatch = MathF.Round(text.Size * 1.05f);
        columnGap = MathF.Round(text.Size * 1.8f);

        Height = Math.Max(pictureHeight, (int)(rowHeight + margin));
        var mostRows = Math.Max(1, (int)((Height - margin) / rowHeight));
        var columnCount = (rows.Length + mostRows - 1) / mostRows;
        rowsInColumn = (rows.Length + columnCount - 1) / columnCount;

        columns = PlaceColumns(rows);
        Width = (int)MathF.Ceiling(columns[^1].Right + margin);
        RowsHeight = Math.Min(Height, (int)MathF.Ceiling(margin + (rowsInColumn * rowHeight)));
    }

    public int Width { get; }

    /// <summary>Down to the end of the last row; below is nothing.</summary>
    public int RowsHeight { get; }

    public int Height { get; }

    /// <summary>
    /// One thirty-sixth of the picture's height, or what makes a legend of twice the picture's pixels, but never too small to read.
    /// </summary>
    public static float TextSizeFor(int pictureWidth, int pictureHeight)
    {
        var mostPixels = Math.Max(SmallPanel, 2L * pictureWidth * pictureHeight);
        return MathF.Max(SmallestText, MathF.Round(MathF.Min(pictureHeight / 36f, mostPixels / (ColumnWidth * pictureHeight))));
    }

    /// <summary>Where row <paramref name="i"/> goes: down the first column, then down the next.</summary>
    public (SKRect Swatch, float NameLeft, float ShareRight, float Baseline) Place(int i)
    {
        var (left, right) = columns[i / rowsInColumn];
        var top = (margin / 2) + (i % rowsInColumn * rowHeight);
        var swatchTop = MathF.Round(top + ((rowHeight - swatch) / 2));
        var baseline = MathF.Round(top + ((rowHeight + text.CapHeight) / 2));
        return (SKRect.Create(left, swatchTop, swatch, swatch), NameLeft(left), right, baseline);
    }

    private float NameLeft(float columnLeft) => columnLeft + swatch + MathF.Round(text.Size * 0.55f);

    private (float Left, float Right)[] PlaceColumns(ReadOnlySpan<LegendRow> rows)
    {
        var placed = new List<(float Left, float Right)>();
        var left = margin;
        for (var start = 0; start < rows.Length; start += rowsInColumn)
        {
            var (name, share) = (0f, 0f);
            foreach (var row in rows.Slice(start, Math.Min(rowsInColumn, rows.Length - start)))
            {
                (name, share) = (MathF.Max(name, row.NameWidth), MathF.Max(share, row.ShareWidth));
            }

            var right = MathF.Ceiling(NameLeft(left) + name + text.Size + share);
            placed.Add((left, right));
            left = right + columnGap;
        }

        return [.. placed];
    }
}

/// <summary>One line of a legend: its texts as they are drawn, and their widths in pixels.</summary>
internal readonly record struct LegendRow(RgbColor Color, string Name, float NameWidth, string Share, float ShareWidth)
{
    // In text sizes: room for "motorbike" twice, and then some.
    private const float LongestName = 12;

    public static LegendRow Of(ClassShare share, LegendText text)
    {
        var name = text.Shorten(share.Info.Name, LongestName * text.Size);
        var percent = Percent(share.Share);
        return new LegendRow(share.Info.Color, name, text.Measure(name), percent, text.Measure(percent));
    }

    /// <summary>A share as it is shown: one decimal, and never 0.0 for what is there.</summary>
    public static string Percent(double share) =>
        share < 0.0005 ? "<0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}

using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Where everything in a legend goes, in pixels. All measures follow from the text size.</summary>
internal sealed class LegendLayout
{
    private const float SmallestText = 12;

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
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>One thirty-sixth of the picture's height, but never too small to read.</summary>
    public static float TextSizeFor(int pictureHeight) => MathF.Max(SmallestText, MathF.Round(pictureHeight / 36f));

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

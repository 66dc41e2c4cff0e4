using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// A map between two layers, (Height, Width, Stride) floats: channels are the innermost axis, padded to whole vector registers of any
/// width; the padding is undefined. A border of zero cells surrounds the map if a layer needs one. Disposing returns the buffer.
/// </summary>
internal sealed unsafe class ChannelMap : IDisposable
{
    private const int CacheLine = 16;
    private const int CacheLinesOfPage = 64;

    private readonly ScratchMemory scratch;
    private ScratchBuffer? buffer;

    /// <summary>Allocates a map: the border is zero, the rest is undefined until it is written.</summary>
    /// <param name="scratch">The memory that the buffer is rented from.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels; rounded up to <see cref="Stride"/>.</param>
    /// <param name="border">Zero cells around the map.</param>
    /// <param name="slackCells">Cells after the last row that may be read.</param>
    public ChannelMap(
        ScratchMemory scratch, int height, int width, int channels, MapBorder border = default, int slackCells = GemmKernel.Rows)
    {
        this.scratch = scratch;
        (Height, Width, Channels, Border) = (height, width, channels, border);
        Stride = StrideOf(channels);
        RowStride = (long)(width + border.Both) * Stride;

        var slack = slackCells * Stride;
        var length = FloatsOf(height, width, channels, border) + slack;
        if (length > Array.MaxLength - 64)
        {
            throw new ArgumentException(
                $"The picture is too large for this engine: a map of {width}x{height} cells and {channels} channels has {length} values, " +
                $"above the limit of {Array.MaxLength}. Set a working size, or split the picture.");
        }

        buffer = scratch.Rent(length);
        if (border.Both > 0)
        {
            ClearBorder();
        }

        new Span<float>(buffer.Pointer + length - slack, slack).Clear();
    }

    public int Height { get; }

    public int Width { get; }

    public int Channels { get; }

    /// <summary>Floats from one cell to the next: the channels, rounded up to whole cache lines.</summary>
    public int Stride { get; }

    /// <summary>Floats from one row to the next.</summary>
    public long RowStride { get; }

    public MapBorder Border { get; }

    /// <summary>The cell at row and column 0, after the border.</summary>
    public float* Origin => buffer!.Pointer + (Border.Before * (RowStride + Stride));

    /// <summary>The stride for a number of channels. A multiple of the page size gets one more cache line: otherwise the same channel of
    /// all cells would fall into one cache set.</summary>
    public static int StrideOf(int channels)
    {
        var lines = (channels + CacheLine - 1) / CacheLine;
        return (lines % CacheLinesOfPage == 0 ? lines + 1 : lines) * CacheLine;
    }

    /// <summary>Floats of a map, border included.</summary>
    public static long FloatsOf(int height, int width, int channels, MapBorder border) =>
        ((long)height + border.Both) * (width + border.Both) * StrideOf(channels);

    /// <summary>The cell at a row and a column, which may be in the border.</summary>
    public float* Cell(int y, int x) => Origin + (y * RowStride) + ((long)x * Stride);

    /// <summary>Copies a tile's cells from the map of its window.</summary>
    /// <param name="part">The window's map, with the same number of channels.</param>
    /// <param name="tile">The cells to copy, and the position of the window in the picture.</param>
    /// <param name="cellPixels">Pixels from one cell to the next.</param>
    public void CopyFrom(ChannelMap part, Tile tile, int cellPixels)
    {
        var (offsetY, offsetX) = (tile.Window.Y / cellPixels, tile.Window.X / cellPixels);
        var length = (tile.EndColumn - tile.FirstColumn) * Stride;
        for (var y = tile.FirstRow; y < tile.EndRow; y++)
        {
            var source = part.Cell(y - offsetY, tile.FirstColumn - offsetX);
            new ReadOnlySpan<float>(source, length).CopyTo(new Span<float>(Cell(y, tile.FirstColumn), length));
        }
    }

    /// <summary>Copies whole rows, including their borders, from a map of the same width and border.</summary>
    /// <param name="source">The source map.</param>
    /// <param name="sourceRow">The first row to copy; it may be in the border.</param>
    /// <param name="row">The first target row; it may be in the border.</param>
    /// <param name="count">Number of rows.</param>
    public void CopyRows(ChannelMap source, int sourceRow, int row, int count)
    {
        var length = count * RowStride * sizeof(float);
        Buffer.MemoryCopy(source.Cell(sourceRow, -Border.Before), Cell(row, -Border.Before), length, length);
    }

    public void Dispose()
    {
        if (buffer is not null)
        {
            scratch.Return(buffer);
            buffer = null;
        }
    }

    private void ClearBorder()
    {
        for (var y = -Border.Before; y < Height + Border.After; y++)
        {
            var row = new Span<float>(Cell(y, -Border.Before), (int)RowStride);
            if (y < 0 || y >= Height)
            {
                row.Clear();
            }
            else
            {
                row[..(Border.Before * Stride)].Clear();
                row[^(Border.After * Stride)..].Clear();
            }
        }
    }
}

/// <summary>Zero cells around a map.</summary>
/// <param name="Before">Columns on the left and rows above.</param>
/// <param name="After">Columns on the right and rows below.</param>
internal readonly record struct MapBorder(int Before, int After)
{
    public int Both => Before + After;

    /// <summary>The larger of two borders on each side.</summary>
    public MapBorder Or(MapBorder other) => new(Math.Max(Before, other.Before), Math.Max(After, other.After));
}

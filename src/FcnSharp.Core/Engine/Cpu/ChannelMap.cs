using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// A map between two layers, (Height, Width, Stride) floats: channels are the innermost axis and have room for whole registers
/// of any width, the surplus being undefined. Around it lies a border of zero cells, where a layer asks for one. Disposing gives the buffer
/// back.
/// </summary>
internal sealed unsafe class ChannelMap : IDisposable
{
    private const int CacheLine = 16;
    private const int CacheLinesOfPage = 64;

    private readonly ScratchMemory scratch;
    private ScratchBuffer? buffer;

    /// <summary>Takes room for a map: the border is zero, the rest undefined until it is written.</summary>
    /// <param name="scratch">Where the room comes from and goes back to.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels; rounded up to <see cref="Stride"/>.</param>
    /// <param name="border">Cells of zeros around it.</param>
    /// <param name="slackCells">Cells behind the last row that may be read.</param>
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
                $"above the limit of {Array.MaxLength}. Set a working size, or cut the picture up.");
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

    /// <summary>The cell at row and column 0, behind the border.</summary>
    public float* Origin => buffer!.Pointer + (Border.Before * (RowStride + Stride));

    /// <summary>The stride for a number of channels. Whole pages get a line more, or the same channel of all cells would fall into one set
    /// of the cache.</summary>
    public static int StrideOf(int channels)
    {
        var lines = (channels + CacheLine - 1) / CacheLine;
        return (lines % CacheLinesOfPage == 0 ? lines + 1 : lines) * CacheLine;
    }

    /// <summary>Floats of a map, its border included.</summary>
    public static long FloatsOf(int height, int width, int channels, MapBorder border) =>
        ((long)height + border.Both) * (width + border.Both) * StrideOf(channels);

    /// <summary>The cell at a row and a column, which may lie in the border.</summary>
    public float* Cell(int y, int x) => Origin + (y * RowStride) + ((long)x * Stride);

    /// <summary>Takes a tile's cells from the map of its window.</summary>
    /// <param name="part">The window's map, of as many channels.</param>
    /// <param name="tile">Which cells, and where the window lies in the picture.</param>
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

    /// <summary>Takes whole rows, with their borders, from a map of the same width and border.</summary>
    /// <param name="source">The other map.</param>
    /// <param name="sourceRow">The first row to take; like the next, it may lie in the border.</param>
    /// <param name="row">Where it goes.</param>
    /// <param name="count">How many.</param>
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
/// <param name="Before">Columns at its left and rows above it.</param>
/// <param name="After">Columns at its right and rows below it.</param>
internal readonly record struct MapBorder(int Before, int After)
{
    public int Both => Before + After;

    /// <summary>As much as either of two asks for.</summary>
    public MapBorder Or(MapBorder other) => new(Math.Max(Before, other.Before), Math.Max(After, other.After));
}

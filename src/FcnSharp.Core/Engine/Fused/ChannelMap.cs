namespace FcnSharp.Engine.Fused;

/// <summary>
/// A map between two layers, (Height, Width, Stride) floats: channels are the innermost axis and have room for whole registers
/// of any width, the surplus being undefined. Around it lies a border, where a layer asks for one: zero in the cells that layers look at,
/// and undefined beyond. Disposing gives the buffer back.
/// </summary>
internal sealed unsafe class ChannelMap : IDisposable
{
    private const int CacheLine = 16;
    private const int CacheLinesOfPage = 64;

    private readonly ScratchMemory scratch;
    private ScratchBuffer? buffer;

    /// <summary>Takes room for a map: the border is zero as far as layers look, the rest undefined until it is written.</summary>
    /// <param name="scratch">Where the room comes from and goes back to.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="channels">Channels; rounded up to <see cref="Stride"/>.</param>
    /// <param name="border">Cells of zeros on each side.</param>
    public ChannelMap(ScratchMemory scratch, int height, int width, int channels, int border = 0)
    {
        this.scratch = scratch;
        (Height, Width, Channels, Border) = (height, width, channels, border);
        Stride = StrideOf(channels);
        RowStride = (long)(width + (2 * border)) * Stride;

        // The kernels take six cells at a time, so they may read past the last one.
        var slack = GemmKernel.Rows * Stride;
        var length = ((height + (2 * border)) * RowStride) + slack;
        if (length > Array.MaxLength - 64)
        {
            throw new ArgumentException(
                $"The picture is too large for this engine: a map of {width}x{height} cells and {channels} channels has {length} values, " +
                $"above the limit of {Array.MaxLength}. Set a working size, or cut the picture up.");
        }

        buffer = scratch.Rent(length);
        if (border > 0)
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

    public int Border { get; }

    /// <summary>Columns of the border at the right that are zero: as many as the last Winograd tile looks at.</summary>
    public int RightBorder => Math.Min(Border, WinogradTransforms.Output - ((Width - 1) % WinogradTransforms.Output));

    /// <summary>The cell at row and column 0, behind the border.</summary>
    public float* Origin => buffer!.Pointer + (Border * RowStride) + (Border * Stride);

    /// <summary>The stride for a number of channels. Whole pages get a line more, or the same channel of all cells would fall into one set
    /// of the cache.</summary>
    public static int StrideOf(int channels)
    {
        var lines = (channels + CacheLine - 1) / CacheLine;
        return (lines % CacheLinesOfPage == 0 ? lines + 1 : lines) * CacheLine;
    }

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
        Buffer.MemoryCopy(source.Cell(sourceRow, -Border), Cell(row, -Border), length, length);
    }

    public void Dispose()
    {
        if (buffer is not null)
        {
            scratch.Return(buffer);
            buffer = null;
        }
    }

    /// <summary>
    /// Clears what is looked at: one cell at the left and the top, <see cref="RightBorder"/> at the right, and all below.
    /// A narrow map has more border than cells, and one thread clears it.
    /// </summary>
    private void ClearBorder()
    {
        for (var y = -Border; y < Height + Border; y++)
        {
            if (y == -1 || y >= Height)
            {
                new Span<float>(Cell(y, -1), (Width + 1 + RightBorder) * Stride).Clear();
            }
            else
            {
                new Span<float>(Cell(y, -1), Stride).Clear();
                new Span<float>(Cell(y, Width), RightBorder * Stride).Clear();
            }
        }
    }
}

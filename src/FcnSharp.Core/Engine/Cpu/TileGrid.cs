using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// The tiles of 4x4 outputs that cover a map. With dilation d the cells of a tile are d apart: the map is split into d x d interleaved
/// maps, each with its own tiles.
/// </summary>
internal readonly struct TileGrid
{
    private const int Side = WinogradTransforms.Output;

    private readonly int height;
    private readonly int width;
    private readonly int dilation;
    private readonly int down;

    /// <summary>Splits a map into tiles.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Columns of the map.</param>
    /// <param name="dilation">Cells from one cell of a tile to the next.</param>
    public TileGrid(int height, int width, int dilation)
    {
        (this.height, this.width, this.dilation) = (height, width, dilation);
        (down, Across) = (TilesOf(height), TilesOf(width));

        // The first of the interleaved maps is the largest.
        int TilesOf(int side) => ((side + dilation - 1) / dilation + Side - 1) / Side;
    }

    /// <summary>Tiles in a row of tiles.</summary>
    public int Across { get; }

    /// <summary>Tiles of all interleaved maps. The last tiles may be outside the map.</summary>
    public int Count => Math.Min(dilation, height) * Math.Min(dilation, width) * down * Across;

    /// <summary>A tile's first cell, and the numbers of its rows and columns inside the map, 0 to 4.</summary>
    public (int Y, int X, int Rows, int Columns) this[int index]
    {
        get
        {
            var (row, column) = Math.DivRem(index, Across);
            if (dilation == 1)
            {
                return At(row * Side, column * Side);
            }

            (var map, row) = Math.DivRem(row, down);
            var (mapRow, mapColumn) = Math.DivRem(map, Math.Min(dilation, width));
            return At(mapRow + (row * Side * dilation), mapColumn + (column * Side * dilation));
        }
    }

    private (int Y, int X, int Rows, int Columns) At(int y, int x) => (y, x, Existing(height - y), Existing(width - x));

    private int Existing(int cells) => Math.Clamp((cells + dilation - 1) / dilation, 0, Side);
}

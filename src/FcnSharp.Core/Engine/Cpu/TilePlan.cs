using FcnSharp.Support;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Splits a picture into tiles whose maps fit into the working memory. Tiles start where the cells of all layers and the Winograd tiles are
/// aligned with those of the whole picture, and have enough context that the cells taken from them do not depend on pixels outside.
/// (Rounding errors do depend on them: a Winograd tile includes terms of neighbours that cancel out.)
/// </summary>
internal sealed class TilePlan
{
    private readonly EnginePlan plan;
    private readonly int alignment;
    private readonly int context;

    public TilePlan(EnginePlan plan)
    {
        this.plan = plan;
        var grid = plan.Graph.GridOf(plan.CoarseNode);
        CellPixels = (int)grid.Stride;
        alignment = AlignmentOf(plan);
        context = alignment == 0 ? 0 : RoundUp((int)Math.Ceiling(Math.Max(-grid.First, grid.Last)), alignment);
    }

    /// <summary>Pixels from one cell of the coarse scores to the next.</summary>
    public int CellPixels { get; }

    /// <summary>The whole picture as one tile if it fits, otherwise as few tiles as possible.</summary>
    /// <exception cref="ArgumentException">The network does not accept pictures of this size, the smallest tile does not fit, or the maps
    /// cannot be computed in tiles.</exception>
    public IReadOnlyList<Tile> For(int width, int height, long maxBytes)
    {
        plan.Graph.SizesFor(width, height);
        var (paddedWidth, paddedHeight) = (plan.Padded(width), plan.Padded(height));
        var needed = plan.WorkingBytes(paddedWidth, paddedHeight);
        var coarse = CoarseSize(width, height);
        if (needed <= maxBytes)
        {
            return [new Tile(new PictureWindow(0, 0, paddedWidth, paddedHeight), 0, coarse.Height, 0, coarse.Width)];
        }

        var (across, down) = (1, 1);
        while (CanTile(WindowSide(paddedWidth, across), WindowSide(paddedHeight, down))
            && plan.WorkingBytes(WindowSide(paddedWidth, across), WindowSide(paddedHeight, down)) is var bytes && bytes > maxBytes)
        {
            var (coreWidth, coreHeight) = (CoreSide(paddedWidth, across), CoreSide(paddedHeight, down));
            if (coreWidth == alignment && coreHeight == alignment)
            {
                throw new ArgumentException(Guard.Text(
                    $"The smallest tile of this network takes {bytes} bytes of working memory, but {maxBytes} are allowed. " +
                    $"Raise {nameof(CpuEngineOptions.MaxWorkingMemory)}."));
            }

            // Splits the longer side of the tiles: square tiles have the least context for their area.
            (across, down) = coreWidth >= coreHeight ? (NextCount(paddedWidth, across), down) : (across, NextCount(paddedHeight, down));
        }

        var tiles = CanTile(paddedWidth, paddedHeight) ? Tiles(paddedWidth, across, paddedHeight, down, coarse) : [];
        return tiles.Count > 0 && tiles.All(Covers)
            ? tiles
            : throw new ArgumentException(Guard.Text(
                $"A picture of {width}x{height} pixels takes {needed} bytes of working memory, but {maxBytes} are allowed, and the maps " +
                $"of this network cannot be computed in tiles. Raise {nameof(CpuEngineOptions.MaxWorkingMemory)}, or set a smaller " +
                $"working size."));
    }

    private List<Tile> Tiles(int paddedWidth, int across, int paddedHeight, int down, MapSize coarse) =>
    [
        .. from row in Axis(paddedHeight, down, coarse.Height)
           from column in Axis(paddedWidth, across, coarse.Width)
           select new Tile(new PictureWindow(column.Start, row.Start, column.Side, row.Side), row.FirstCell, row.EndCell,
               column.FirstCell, column.EndCell),
    ];

    /// <summary>Columns and rows of the coarse scores of a picture.</summary>
    public MapSize CoarseSize(int width, int height) => plan.SizesFor(plan.Padded(width), plan.Padded(height))(plan.CoarseNode);

    /// <summary>All tiles start at multiples of this many pixels; 0 if the cells of a map are not at whole pixels.</summary>
    private static int AlignmentOf(EnginePlan plan)
    {
        var pixels = plan.SizeMultiple;
        foreach (var step in plan.Steps)
        {
            var strides = step.Inputs.Select(map => plan.Graph.GridOf(map.Node).Stride)
                .Append(plan.Graph.GridOf(step.Output.Node).Stride * step.Layer.Alignment);
            foreach (var stride in strides)
            {
                if (stride < 1 || stride != Math.Floor(stride) || step.Layer is RowsLayer { IsResize: true })
                {
                    return 0;
                }

                pixels = LeastCommonMultiple(pixels, (int)stride);
            }
        }

        return pixels;
    }

    private static int LeastCommonMultiple(int a, int b) => a / GreatestCommonDivisor(a, b) * b;

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Whether the window of a tile contains all of its cells.</summary>
    private bool Covers(Tile tile)
    {
        var (x, y, width, height) = tile.Window;
        return CanTile(width, height) && plan.SizesFor(width, height)(plan.CoarseNode) is var size
            && size.Width >= tile.EndColumn - (x / CellPixels) && size.Height >= tile.EndRow - (y / CellPixels);
    }

    private bool CanTile(int width, int height) => alignment > 0 && plan.LinesUp(width, height);

    private int CoreSide(int padded, int count) => RoundUp((padded + count - 1) / count, alignment);

    /// <summary>The next larger number of tiles that reduces their size.</summary>
    private int NextCount(int padded, int count)
    {
        var next = count + 1;
        while (CoreSide(padded, next) == CoreSide(padded, count))
        {
            next++;
        }

        return next;
    }

    private int WindowSide(int padded, int count) => count == 1 ? padded : Math.Min(padded, CoreSide(padded, count) + (2 * context));

    private List<(int Start, int Side, int FirstCell, int EndCell)> Axis(int padded, int count, int cells)
    {
        var core = CoreSide(padded, count);
        var parts = new List<(int, int, int, int)>();
        for (var from = 0; from < padded; from += core)
        {
            var to = from + core;
            var start = Math.Max(0, from - context);
            var end = Math.Min(padded, to + context);
            var (first, last) = (from / CellPixels, to >= padded ? cells : Math.Min(to / CellPixels, cells));
            if (first < last)
            {
                parts.Add((start, end - start, first, last));
            }
        }

        return parts;
    }
}

/// <summary>A tile of a picture: the input of the network, and the cells of its coarse scores that are used.</summary>
/// <param name="Window">The input of the network, in pixels: the tile and the context around it.</param>
/// <param name="FirstRow">The first row of coarse cells, counted in the whole picture.</param>
/// <param name="EndRow">The row after the last one.</param>
/// <param name="FirstColumn">The first column of coarse cells, counted in the whole picture.</param>
/// <param name="EndColumn">The column after the last one.</param>
internal readonly record struct Tile(PictureWindow Window, int FirstRow, int EndRow, int FirstColumn, int EndColumn);

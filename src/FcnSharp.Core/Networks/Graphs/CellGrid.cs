namespace FcnSharp.Networks.Graphs;

/// <summary>The pixels that the cells of a map depend on, along one axis: cell i depends on those from i * Stride + First to i * Stride +
/// Last.</summary>
/// <param name="Stride">Pixels from one cell to the next; after a resize, not necessarily an integer.</param>
/// <param name="First">The first pixel that cell 0 depends on.</param>
/// <param name="Last">The last pixel that cell 0 depends on.</param>
public readonly record struct CellGrid(double Stride, double First, double Last)
{
    /// <summary>The picture itself.</summary>
    public static CellGrid Picture { get; } = new(1, 0, 0);

    /// <summary>Side of the square of pixels that a cell depends on: the receptive field.</summary>
    public double Field => Last - First + 1;

    /// <summary>The grid of cells that each read a window of cells of this grid.</summary>
    /// <param name="stride">Cells from one window to the next.</param>
    /// <param name="first">The first cell of window 0.</param>
    /// <param name="last">The last cell of window 0.</param>
    internal CellGrid Windows(int stride, int first, int last) =>
        new(Stride * stride, First + (first * Stride), Last + (last * Stride));

    /// <summary>The grid of cells that depend on the pixels of both grids, which have the same stride.</summary>
    internal CellGrid Joined(CellGrid other) => this with { First = Math.Min(First, other.First), Last = Math.Max(Last, other.Last) };
}

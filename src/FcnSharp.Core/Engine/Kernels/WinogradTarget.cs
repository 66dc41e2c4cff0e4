namespace FcnSharp.Engine.Kernels;

/// <summary>How a tile of outputs is written.</summary>
/// <param name="RowStride">Floats from one row of the map to the next.</param>
/// <param name="CellStride">Floats from one cell to the next.</param>
/// <param name="Height">Rows of the tile that exist, 1 to 4, before the pool.</param>
/// <param name="Width">Columns of the tile that exist, 1 to 4, before the pool.</param>
/// <param name="Pool">Whether the largest of each 2x2 square is written instead of every cell.</param>
/// <param name="Finishing">Whether what is there is added, which goes with no pool, and whether a ReLU follows.</param>
internal readonly record struct WinogradTarget(nint RowStride, nint CellStride, int Height, int Width, bool Pool, Finishing Finishing);

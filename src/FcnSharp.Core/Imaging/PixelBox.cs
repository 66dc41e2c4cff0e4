namespace FcnSharp.Imaging;

/// <summary>An axis-aligned rectangle of pixels.</summary>
/// <param name="X">The first column, from 0 at the left.</param>
/// <param name="Y">The first row, from 0 at the top.</param>
/// <param name="Width">Columns, in pixels.</param>
/// <param name="Height">Rows, in pixels.</param>
public readonly record struct PixelBox(int X, int Y, int Width, int Height);

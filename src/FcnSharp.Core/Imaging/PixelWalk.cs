using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>How to visit a stored picture so that it comes out upright: first pixel, then bytes to the next one right and below.</summary>
/// <param name="Width">Columns that come out.</param>
/// <param name="Height">Rows that come out.</param>
/// <param name="Start">Byte offset of the pixel that becomes the top left one.</param>
/// <param name="StepX">Bytes from a pixel to its right neighbour.</param>
/// <param name="StepY">Bytes from a pixel to the one below.</param>
internal readonly record struct PixelWalk(int Width, int Height, long Start, long StepX, long StepY)
{
    /// <summary>The walk over a picture stored row by row, <paramref name="stride"/> bytes a row.</summary>
    public static PixelWalk RowByRow(int width, int height, int pixelBytes, long stride) => new(width, height, 0, pixelBytes, stride);

    /// <summary>The walk that swaps left and right of a picture stored row by row, tight.</summary>
    public static PixelWalk Mirrored(int width, int height, int pixelBytes) => Upright(width, height, pixelBytes, SKEncodedOrigin.TopRight);

    /// <summary>The walk that undoes the turn and flip a camera recorded: EXIF orientations 1 to 8.</summary>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored, tight.</param>
    /// <param name="pixelBytes">Bytes a pixel.</param>
    /// <param name="origin">Which stored corner is the upright picture's top left.</param>
    public static PixelWalk Upright(int width, int height, int pixelBytes, SKEncodedOrigin origin)
    {
        long right = pixelBytes;
        var down = (long)pixelBytes * width;
        var (lastColumn, lastRow) = ((width - 1) * right, (height - 1) * down);
        return origin switch
        {
            SKEncodedOrigin.TopRight => new(width, height, lastColumn, -right, down),
            SKEncodedOrigin.BottomRight => new(width, height, lastColumn + lastRow, -right, -down),
            SKEncodedOrigin.BottomLeft => new(width, height, lastRow, right, -down),
            SKEncodedOrigin.LeftTop => new(height, width, 0, down, right),
            SKEncodedOrigin.RightTop => new(height, width, lastRow, -down, right),
            SKEncodedOrigin.RightBottom => new(height, width, lastColumn + lastRow, -down, -right),
            SKEncodedOrigin.LeftBottom => new(height, width, lastColumn, down, -right),
            _ => new(width, height, 0, right, down),
        };
    }
}

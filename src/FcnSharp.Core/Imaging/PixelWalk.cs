using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>The order in which the pixels of a stored picture are read so that the result is upright.</summary>
/// <param name="Width">Columns of the result.</param>
/// <param name="Height">Rows of the result.</param>
/// <param name="Start">Byte offset of the pixel that becomes the top left one.</param>
/// <param name="StepX">Bytes from a pixel of the result to its right neighbour.</param>
/// <param name="StepY">Bytes from a pixel of the result to the pixel below.</param>
internal readonly record struct PixelWalk(int Width, int Height, long Start, long StepX, long StepY)
{
    /// <summary>The walk over a picture stored row by row, with <paramref name="stride"/> bytes per row.</summary>
    public static PixelWalk RowByRow(int width, int height, int pixelBytes, long stride) => new(width, height, 0, pixelBytes, stride);

    /// <summary>The walk that swaps left and right of a picture stored row by row without padding.</summary>
    public static PixelWalk Mirrored(int width, int height, int pixelBytes) => Upright(width, height, pixelBytes, SKEncodedOrigin.TopRight);

    /// <summary>The walk that undoes the rotation and flip of an EXIF orientation, 1 to 8.</summary>
    /// <param name="width">Columns as stored.</param>
    /// <param name="height">Rows as stored, without padding.</param>
    /// <param name="pixelBytes">Bytes per pixel.</param>
    /// <param name="origin">The stored corner that is the top left of the upright picture.</param>
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

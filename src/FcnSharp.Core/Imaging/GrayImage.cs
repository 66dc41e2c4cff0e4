using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>An 8-bit picture with one channel: a mask (0 or 255) or a map of values from 0 to 255.</summary>
/// <remarks>
/// One byte per pixel, row by row from the top left, without row padding.
/// The buffer is borrowed, not copied: do not write to it while the picture is in use. Thread-safe.
/// </remarks>
public sealed class GrayImage
{
    /// <summary>Wraps a buffer of <c>width * height</c> bytes.</summary>
    /// <param name="pixels">Values, row by row.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="pixels"/> does not match the size.</exception>
    public GrayImage(ReadOnlyMemory<byte> pixels, int width, int height)
    {
        Guard.PixelBuffer(
            pixels.Length, width, height, channels: 1, "grey picture", "Give one byte per pixel, without row padding.", nameof(pixels));
        (Pixels, Width, Height) = (pixels, width, height);
    }

    /// <summary>The bytes, as described on the type.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The value of one pixel, 0 to 255; for loops over many pixels, use <see cref="Pixels"/>.</summary>
    /// <param name="x">Column from the left, from 0.</param>
    /// <param name="y">Row from the top, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside the picture.</exception>
    public byte this[int x, int y]
    {
        get
        {
            Guard.Pixel(x, y, Width, Height);
            return Pixels.Span[(y * Width) + x];
        }
    }

    /// <summary>Writes an 8-bit grey PNG atomically; an existing file is replaced.</summary>
    /// <param name="path">The file; its name ends in .png.</param>
    /// <exception cref="ArgumentException">The name has another extension.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        PngWriter.CheckEnding(path);
        AtomicFile.Write(path, Write);
    }

    /// <summary>Writes an 8-bit grey PNG to a stream, at its current position. The caller disposes the stream.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        PngWriter.WriteGray(stream, Pixels.Span, Width, Height);
    }
}

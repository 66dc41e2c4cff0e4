using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>An 8-bit RGB picture in memory: the input of every FcnSharp entry point, whatever decoder it comes from.</summary>
/// <remarks>
/// Pixels are interleaved R, G, B bytes, 0 to 255, row by row from the top left, without row padding.
/// The constructor borrows its buffer and does not copy it: do not write to it while the picture is in use.
/// All other members allocate their own buffers. Thread-safe.
/// </remarks>
public sealed class RgbImage
{
    /// <summary>Wraps a buffer of <c>width * height * 3</c> bytes.</summary>
    /// <param name="pixels">R, G, B, R, G, B, ... row by row.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="pixels"/> does not match the size.</exception>
    public RgbImage(ReadOnlyMemory<byte> pixels, int width, int height)
    {
        Guard.PixelBuffer(
            pixels.Length, width, height, channels: 3, "RGB picture", "Drop the alpha channel and the row padding first.", nameof(pixels));
        (Pixels, Width, Height) = (pixels, width, height);
    }

    /// <summary>The bytes, as described on the type.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The colour of one pixel; for loops over many pixels, use <see cref="Pixels"/>.</summary>
    /// <param name="x">Column from the left, from 0.</param>
    /// <param name="y">Row from the top, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The pixel is outside the picture.</exception>
    public RgbColor this[int x, int y]
    {
        get
        {
            Guard.Pixel(x, y, Width, Height);
            var pixel = Pixels.Span.Slice(3 * ((y * Width) + x), 3);
            return new RgbColor(pixel[0], pixel[1], pixel[2]);
        }
    }

    /// <summary>Copies B, G, R bytes, as OpenCV and Windows bitmaps store them.</summary>
    /// <param name="pixels">The bytes, row by row.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <param name="stride">Bytes from one row to the next; 0 means rows without padding.</param>
    /// <exception cref="ArgumentException">The size, the stride and the buffer's length do not match.</exception>
    public static RgbImage FromBgr(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Bgr);

    /// <summary>Copies B, G, R, A bytes; A is not premultiplied, and transparent pixels are blended with white.</summary>
    /// <inheritdoc cref="FromBgr"/>
    public static RgbImage FromBgra(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Bgra);

    /// <summary>Copies R, G, B, A bytes; A is not premultiplied, and transparent pixels are blended with white.</summary>
    /// <inheritdoc cref="FromBgr"/>
    public static RgbImage FromRgba(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Rgba);

    /// <summary>Copies one grey byte per pixel into all three channels.</summary>
    /// <inheritdoc cref="FromBgr"/>
    public static RgbImage FromGray(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Gray);

    /// <summary>
    /// Reads a JPEG, PNG, WebP, BMP or GIF (its first frame): rotated by its EXIF orientation, transparent pixels
    /// blended with white, channel values as stored, without colour-space conversion.
    /// </summary>
    /// <param name="path">The file; its content determines the format, not its extension.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">The file has another format, is damaged or truncated, or exceeds the limit.</exception>
    public static RgbImage Load(string path, DecodeOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new ImageFileException(path, reason, remedy));
        return Load(stream, options, path);
    }

    /// <summary>Reads a picture as <see cref="Load(string, DecodeOptions?)"/> does, from a stream that need not be seekable.</summary>
    /// <param name="stream">The stream, which is read from its current position to its end. The caller disposes it.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">Name of the stream in error messages.</param>
    /// <exception cref="ImageFileException">The stream has another format, is damaged or truncated, or exceeds the limit.</exception>
    public static RgbImage Load(Stream stream, DecodeOptions? options = null, string name = "the picture stream")
    {
        var file = InputFile.ReadAll(stream, (reason, remedy) => new ImageFileException(name, reason, remedy));
        return Load(file.Span, options, name);
    }

    /// <summary>Reads a picture as <see cref="Load(string, DecodeOptions?)"/> does, from the bytes of its file.</summary>
    /// <param name="file">A whole picture file; not copied.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">Name of the picture in error messages.</param>
    /// <exception cref="ImageFileException">The file has another format, is damaged or truncated, or exceeds the limit.</exception>
    public static RgbImage Load(ReadOnlySpan<byte> file, DecodeOptions? options = null, string name = "the picture") =>
        ImageDecoder.Decode(file, options ?? new DecodeOptions(), name);

    /// <summary>Reads a stream asynchronously, then decodes the picture on the thread of the continuation.</summary>
    /// <inheritdoc cref="Load(Stream, DecodeOptions?, string)"/>
    /// <param name="stream">The stream, which is read from its current position to its end. The caller disposes it.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">Name of the stream in error messages.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<RgbImage> LoadAsync(
        Stream stream, DecodeOptions? options = null, string name = "the picture stream", CancellationToken cancellationToken = default)
    {
        var file = await InputFile.ReadAllAsync(stream, (reason, remedy) => new ImageFileException(name, reason, remedy), cancellationToken)
            .ConfigureAwait(false);
        return Load(file.Span, options, name);
    }

    /// <summary>Writes a picture file atomically; an existing file is replaced.</summary>
    /// <param name="path">The file; its extension, .png, .jpg, .jpeg or .webp, determines the format.</param>
    /// <param name="quality">For JPEG and WebP: 1 (small) to 100 (best). Ignored for PNG.</param>
    /// <exception cref="ArgumentException">The extension is not supported, the quality is out of range, or the picture is too large for the
    /// format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, int quality = 90)
    {
        var format = ImageEncoder.FormatOf(path);
        ImageEncoder.Check(this, format, quality);
        AtomicFile.Write(path, stream => Write(stream, format, quality));
    }

    /// <summary>Writes the picture to a stream in a file format.</summary>
    /// <param name="stream">The stream, which is written at its current position. The caller disposes it.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">For JPEG and WebP: 1 (small) to 100 (best). Ignored for PNG.</param>
    /// <exception cref="ArgumentException">The format is unknown, the quality is out of range, or the picture is too large for the
    /// format.</exception>
    public void Write(Stream stream, ImageFormat format, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ImageEncoder.Check(this, format, quality);
        ImageEncoder.Write(this, stream, format, quality);
    }

    /// <summary>
    /// Scales the picture with an antialiased triangle filter: the convention of Pillow's BILINEAR and of
    /// torchvision's <c>antialias=True</c> (half-pixel centres; the filter widens with the ratio when shrinking).
    /// </summary>
    /// <param name="width">Columns of the result, in pixels; at least 1.</param>
    /// <param name="height">Rows of the result, in pixels; at least 1.</param>
    /// <returns>A new picture, or the same instance if it already has that size.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the result would not fit an array.</exception>
    public RgbImage Resize(int width, int height)
    {
        Guard.PictureSize(width, height);
        return width == Width && height == Height ? this : TriangleFilter.Resize(this, width, height);
    }

    /// <summary>Swaps left and right.</summary>
    public RgbImage Mirror() => PixelPacker.Pack(Pixels.Span, PixelWalk.Mirrored(Width, Height, PixelLayout.Rgb.Bytes), PixelLayout.Rgb);
}

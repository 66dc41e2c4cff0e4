using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>An 8-bit RGB picture in memory: what every FcnSharp entry point takes, whatever decoded it.</summary>
/// <remarks>
/// Pixels are interleaved R, G, B bytes, 0 to 255, row by row from the top left, with no padding between rows.
/// The constructor borrows its buffer and does not copy it: do not write to it while the image is in use.
/// Everything else here makes buffers of its own. Safe to use from many threads.
/// </remarks>
public sealed class RgbImage
{
    /// <summary>Wraps a buffer of <c>width * height * 3</c> bytes.</summary>
    /// <param name="pixels">R, G, B, R, G, B, ... row by row.</param>
    /// <param name="width">Columns, in pixels; at least 1.</param>
    /// <param name="height">Rows, in pixels; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="width"/> or <paramref name="height"/> is below 1.</exception>
    /// <exception cref="ArgumentException"><paramref name="pixels"/> has another length than the size calls for.</exception>
    public RgbImage(ReadOnlyMemory<byte> pixels, int width, int height)
    {
        Guard.PixelBuffer(
            pixels.Length, width, height, channels: 3, "RGB image", "Drop the alpha channel and the row padding first.", nameof(pixels));
        (Pixels, Width, Height) = (pixels, width, height);
    }

    /// <summary>The bytes, as described on the type.</summary>
    public ReadOnlyMemory<byte> Pixels { get; }

    /// <summary>Columns, in pixels.</summary>
    public int Width { get; }

    /// <summary>Rows, in pixels.</summary>
    public int Height { get; }

    /// <summary>The colour of one pixel; for loops over many, use <see cref="Pixels"/>.</summary>
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
    /// <exception cref="ArgumentException">The size, the stride and the buffer's length do not fit each other.</exception>
    public static RgbImage FromBgr(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Bgr);

    /// <summary>Copies B, G, R, A bytes; A is not premultiplied, and what is transparent shows white.</summary>
    /// <inheritdoc cref="FromBgr"/>
    public static RgbImage FromBgra(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Bgra);

    /// <summary>Copies R, G, B, A bytes; A is not premultiplied, and what is transparent shows white.</summary>
    /// <inheritdoc cref="FromBgr"/>
    public static RgbImage FromRgba(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Rgba);

    /// <summary>Copies one grey byte a pixel into all three channels.</summary>
    /// <inheritdoc cref="FromBgr"/>
    public static RgbImage FromGray(ReadOnlySpan<byte> pixels, int width, int height, int stride = 0) =>
        PixelPacker.FromBuffer(pixels, width, height, stride, PixelLayout.Gray);

    /// <summary>
    /// Reads a JPEG, PNG, WebP, BMP or GIF (its first frame) as it should be seen: turned upright by its EXIF
    /// orientation, transparency laid on white, channel values as stored, with no colour-space conversion.
    /// </summary>
    /// <param name="path">The file; its content decides the format, not its ending.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="ImageFileException">It is no such picture, is damaged or truncated, or is larger than the limit.</exception>
    public static RgbImage Load(string path, DecodeOptions? options = null)
    {
        using var stream = InputFile.Open(path, (reason, remedy) => new ImageFileException(path, reason, remedy));
        return Load(stream, options, path);
    }

    /// <summary>Reads a picture as <see cref="Load(string, DecodeOptions?)"/> does, from a stream that need not be seekable.</summary>
    /// <param name="stream">Read from where it stands to its end; not disposed.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <exception cref="ImageFileException">It is no such picture, is damaged or truncated, or is larger than the limit.</exception>
    public static RgbImage Load(Stream stream, DecodeOptions? options = null, string name = "the picture stream")
    {
        var file = InputFile.ReadAll(stream, (reason, remedy) => new ImageFileException(name, reason, remedy));
        return Load(file.Span, options, name);
    }

    /// <summary>Reads a picture as <see cref="Load(string, DecodeOptions?)"/> does, from the bytes of its file.</summary>
    /// <param name="file">A whole picture file; not copied.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">What error messages call it.</param>
    /// <exception cref="ImageFileException">It is no such picture, is damaged or truncated, or is larger than the limit.</exception>
    public static RgbImage Load(ReadOnlySpan<byte> file, DecodeOptions? options = null, string name = "the picture") =>
        ImageDecoder.Decode(file, options ?? new DecodeOptions(), name);

    /// <summary>Reads a picture from a stream without blocking, then decodes it on the thread that goes on.</summary>
    /// <inheritdoc cref="Load(Stream, DecodeOptions?, string)"/>
    /// <param name="stream">Read from where it stands to its end; not disposed.</param>
    /// <param name="options">Limits; <see langword="null"/> means the defaults.</param>
    /// <param name="name">What error messages call the stream.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static async Task<RgbImage> LoadAsync(
        Stream stream, DecodeOptions? options = null, string name = "the picture stream", CancellationToken cancellationToken = default)
    {
        var file = await InputFile.ReadAllAsync(stream, (reason, remedy) => new ImageFileException(name, reason, remedy), cancellationToken)
            .ConfigureAwait(false);
        return Load(file.Span, options, name);
    }

    /// <summary>Writes a picture file, whole or not at all; a file of that name is replaced.</summary>
    /// <param name="path">Ends in .png, .jpg, .jpeg or .webp, which decides the format.</param>
    /// <param name="quality">For JPEG and WebP: 1 (small) to 100 (best). Ignored for PNG.</param>
    /// <exception cref="ArgumentException">Another ending, a quality out of range, or a picture too large for the format.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path, int quality = 90)
    {
        var format = ImageEncoder.FormatOf(path);
        ImageEncoder.Check(this, format, quality);
        AtomicFile.Write(path, stream => Write(stream, format, quality));
    }

    /// <summary>Writes the picture in a file format to a stream.</summary>
    /// <param name="stream">Written to from where it stands; not disposed.</param>
    /// <param name="format">The file format.</param>
    /// <param name="quality">For JPEG and WebP: 1 (small) to 100 (best). Ignored for PNG.</param>
    /// <exception cref="ArgumentException">An unknown format, a quality out of range, or a picture too large for the format.</exception>
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
    /// <returns>A new picture, or this one if it has that size already.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A side is below 1, or the result would not fit into one buffer.</exception>
    public RgbImage Resize(int width, int height)
    {
        Guard.PictureSize(width, height);
        return width == Width && height == Height ? this : TriangleFilter.Resize(this, width, height);
    }

    /// <summary>Swaps left and right.</summary>
    public RgbImage Mirror() => PixelPacker.Pack(Pixels.Span, PixelWalk.Mirrored(Width, Height, PixelLayout.Rgb.Bytes), PixelLayout.Rgb);
}

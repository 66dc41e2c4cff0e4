using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>A picture to segment: a file, a stream, bytes or pixels, with an optional tag of the caller. Immutable and
/// thread-safe.</summary>
/// <remarks>The picture is not opened or read before a predictor needs it.</remarks>
public sealed class PictureSource
{
    private readonly Func<DecodeOptions, CancellationToken, ValueTask<RgbImage>> read;

    private PictureSource(string name, object? tag, Func<DecodeOptions, CancellationToken, ValueTask<RgbImage>> read) =>
        (Name, Tag, this.read) = (name, tag, read);

    /// <summary>Name of the picture in messages: its path, or the name that the caller gave.</summary>
    public string Name { get; }

    /// <summary>An object of the caller, such as a database row; null for none.</summary>
    public object? Tag { get; }

    /// <summary>A picture file.</summary>
    /// <param name="path">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="tag">See <see cref="Tag"/>.</param>
    public static PictureSource FromPath(string path, object? tag = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new PictureSource(path, tag, async (options, cancellationToken) =>
        {
            await using var stream = InputFile.Open(path, (reason, remedy) => new ImageFileException(path, reason, remedy));
            return await RgbImage.LoadAsync(stream, options, path, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>The bytes of a picture file, which are not copied: do not write to them before the result is available.</summary>
    /// <param name="file">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="tag">See <see cref="Tag"/>.</param>
    public static PictureSource FromBytes(ReadOnlyMemory<byte> file, string name = "the picture", object? tag = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new PictureSource(name, tag, (options, _) => ValueTask.FromResult(RgbImage.Load(file.Span, options, name)));
    }

    /// <summary>A stream that is opened when the predictor needs it, read to its end and disposed.</summary>
    /// <param name="open">Opens the stream; called once, from any thread.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="tag">See <see cref="Tag"/>.</param>
    public static PictureSource FromStream(
        Func<CancellationToken, ValueTask<Stream>> open, string name = "the picture stream", object? tag = null)
    {
        ArgumentNullException.ThrowIfNull(open);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new PictureSource(name, tag, async (options, cancellationToken) =>
        {
            await using var stream = await open(cancellationToken).ConfigureAwait(false);
            return await RgbImage.LoadAsync(stream, options, name, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <summary>A decoded picture in memory.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="tag">See <see cref="Tag"/>.</param>
    public static PictureSource FromPicture(RgbImage picture, string name = "the picture", object? tag = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new PictureSource(name, tag, (_, _) => ValueTask.FromResult(picture));
    }

    /// <summary>Reads and decodes the picture.</summary>
    internal ValueTask<RgbImage> ReadAsync(DecodeOptions options, CancellationToken cancellationToken) => read(options, cancellationToken);
}

using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Prediction;

/// <summary>A picture to segment, wherever it is, with whatever its owner wants to find it by. Immutable and thread-safe.</summary>
/// <remarks>Nothing is opened or read before a predictor gets to it.</remarks>
public sealed class PictureSource
{
    private readonly Func<DecodeOptions, CancellationToken, ValueTask<RgbImage>> read;

    private PictureSource(string name, object? tag, Func<DecodeOptions, CancellationToken, ValueTask<RgbImage>> read) =>
        (Name, Tag, this.read) = (name, tag, read);

    /// <summary>What messages call the picture: its path, or what the owner called it.</summary>
    public string Name { get; }

    /// <summary>The owner's own object, such as a row of a database; null for none.</summary>
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

    /// <summary>The bytes of a picture file, which are not copied: do not write to them before the result is there.</summary>
    /// <param name="file">A JPEG, PNG, WebP, BMP or GIF file.</param>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="tag">See <see cref="Tag"/>.</param>
    public static PictureSource FromBytes(ReadOnlyMemory<byte> file, string name = "the picture", object? tag = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new PictureSource(name, tag, (options, _) => ValueTask.FromResult(RgbImage.Load(file.Span, options, name)));
    }

    /// <summary>A stream that is opened when it is its turn, read to its end and disposed.</summary>
    /// <param name="open">Opens it; called once, from any thread.</param>
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

    /// <summary>A picture that is in memory already.</summary>
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

using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>A file or stream exists, but does not contain a usable picture.</summary>
public sealed class ImageFileException : InputFileException
{
    /// <summary>Describes a file that cannot be used.</summary>
    /// <param name="path">The file as the caller named it, or the name given to a stream.</param>
    /// <param name="reason">What is wrong with it, as a sentence that follows "path: ".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public ImageFileException(string path, string reason, string remedy, Exception? innerException = null)
        : base(path, reason, remedy, innerException)
    {
    }

    /// <summary>Whether the only error is the size: the header claims more pixels than
    /// <see cref="DecodeOptions.MaxPixels"/>.</summary>
    public bool ExceedsMaxPixels { get; init; }
}

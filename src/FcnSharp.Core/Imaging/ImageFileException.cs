using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>A file or stream is there, but holds no picture that can be used.</summary>
public sealed class ImageFileException : InputFileException
{
    /// <summary>Says which file cannot be used, and why.</summary>
    /// <param name="path">The file as the caller named it, or the name given to a stream.</param>
    /// <param name="reason">What is wrong with it, as a sentence that follows "path: ".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public ImageFileException(string path, string reason, string remedy, Exception? innerException = null)
        : base(path, reason, remedy, innerException)
    {
    }

    /// <summary>Whether nothing is wrong with it but its size: its header claims more pixels than
    /// <see cref="DecodeOptions.MaxPixels"/>.</summary>
    public bool ExceedsMaxPixels { get; init; }
}

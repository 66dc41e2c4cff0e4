using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>A file or stream is there, but holds no picture that can be used. The message is one line: what, why, and what to do.</summary>
public sealed class ImageFileException : IOException
{
    /// <summary>Says which file cannot be used, and why.</summary>
    /// <param name="path">The file as the caller named it, or the name given to a stream.</param>
    /// <param name="reason">What is wrong with it and what to do, as a sentence that follows "path: ".</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public ImageFileException(string path, string reason, Exception? innerException = null)
        : base(FileText.Message(path, reason), innerException) => (Path, Reason) = (path, reason);

    /// <summary>The file as the caller named it, or the name given to a stream.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it and what to do.</summary>
    public string Reason { get; }

    /// <summary>Whether nothing is wrong with it but its size: its header claims more pixels than
    /// <see cref="DecodeOptions.MaxPixels"/>.</summary>
    public bool ExceedsMaxPixels { get; init; }
}

namespace FcnSharp.Support;

/// <summary>
/// A file, folder or stream exists but cannot be used: weights, a picture or a data set. The message is one line,
/// "<see cref="Path"/>: <see cref="Reason"/> <see cref="Remedy"/>", of at most 400 characters. Text quoted from the file is cut and made
/// printable.
/// </summary>
public abstract class InputFileException : IOException
{
    private protected InputFileException(string path, string reason, string remedy, Exception? innerException)
        : base(FileText.Message(path, $"{reason} {remedy}"), innerException) =>
        (Path, Reason, Remedy) = (path, reason, remedy);

    /// <summary>The file or folder as the caller named it, or the name given to a stream; for a missing file, the path that was
    /// tried.</summary>
    public string Path { get; }

    /// <summary>What was expected and what was found, as a sentence that follows "path: ".</summary>
    public string Reason { get; }

    /// <summary>What to do, in one or more sentences.</summary>
    public string Remedy { get; }
}

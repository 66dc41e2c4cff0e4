namespace FcnSharp.Support;

/// <summary>
/// A file, folder or stream is there but cannot be used: weights, a picture or a data set. The message is one line,
/// "<see cref="Path"/>: <see cref="Reason"/> <see cref="Remedy"/>", of at most 400 characters. Texts of the file in it are cut and made
/// printable.
/// </summary>
public abstract class InputFileException : IOException
{
    private protected InputFileException(string path, string reason, string remedy, Exception? innerException)
        : base(FileText.Message(path, $"{reason} {remedy}"), innerException) =>
        (Path, Reason, Remedy) = (path, reason, remedy);

    /// <summary>The file or folder as the caller named it, or the name given to a stream; where a file is missing, the place where it was
    /// looked for.</summary>
    public string Path { get; }

    /// <summary>What was expected and what came, as a sentence that follows "path: ".</summary>
    public string Reason { get; }

    /// <summary>What to do, in one or more sentences.</summary>
    public string Remedy { get; }
}

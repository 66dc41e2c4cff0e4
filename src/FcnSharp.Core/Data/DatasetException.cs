using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>A data set cannot be used as it is. The message is one line: the file, what was expected and what came, and what to
/// do.</summary>
public sealed class DatasetException : IOException
{
    /// <summary>Says which file is at fault, and why.</summary>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="reason">What was expected and what came, as a sentence that follows "path: ".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public DatasetException(DatasetFault fault, string path, string reason, string remedy, Exception? innerException = null)
        : base(FileText.Message(path, $"{reason} {remedy}"), innerException) =>
        (Fault, Path, Reason, Remedy) = (fault, path, reason, remedy);

    /// <summary>The kind of fault.</summary>
    public DatasetFault Fault { get; }

    /// <summary>The file or folder; where a file is missing, the place where it was looked for.</summary>
    public string Path { get; }

    /// <summary>What was expected and what came.</summary>
    public string Reason { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }
}

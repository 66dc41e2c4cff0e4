using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>A data set has an error.</summary>
public sealed class DatasetException : InputFileException
{
    /// <summary>Describes an error of a file or folder.</summary>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="path">The file or folder.</param>
    /// <param name="reason">What was expected and what was found, as a sentence that follows "path: ".</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DatasetException(DatasetFault fault, string path, string reason, string remedy, Exception? innerException = null)
        : base(path, reason, remedy, innerException) => Fault = fault;

    /// <summary>The kind of fault.</summary>
    public DatasetFault Fault { get; }
}

namespace FcnSharp.Support;

/// <summary>The content of a file cannot be used. Readers that do not have the file's name throw it; their callers add the name.</summary>
/// <param name="reason">What was expected and what came, as a sentence.</param>
/// <param name="remedy">What to do, as a sentence.</param>
/// <param name="innerException">The cause, if there is one.</param>
internal sealed class ContentException(string reason, string remedy = ContentException.FetchAgain, Exception? innerException = null)
    : FormatException($"{reason} {remedy}", innerException)
{
    public const string FetchAgain = "Fetch or write the file again.";

    public string Reason => reason;

    public string Remedy => remedy;

    /// <summary>The reason and the remedy of an exception that a reader threw.</summary>
    public static (string Reason, string Remedy) Of(Exception exception) =>
        exception is ContentException content ? (content.Reason, content.Remedy) : (exception.Message, FetchAgain);
}

namespace WebDemo.Requests;

/// <summary>A request cannot be answered as asked. It becomes a problem document (RFC 9457).</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="title">What is wrong, the same words for every request of this kind.</param>
/// <param name="detail">What was expected, what came, what to do; safe to show to anyone.</param>
internal sealed class ProblemException(int status, string title, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Title { get; } = title;

    /// <summary>After how many seconds to come again, if that helps.</summary>
    public int? RetryAfterSeconds { get; init; }
}

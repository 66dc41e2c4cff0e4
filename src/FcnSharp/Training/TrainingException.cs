namespace FcnSharp.Training;

/// <summary>Training cannot start, or cannot go on. The message is one line: <see cref="Reason"/> and <see cref="Remedy"/>.</summary>
public sealed class TrainingException : InvalidOperationException
{
    /// <summary>Says why.</summary>
    /// <param name="reason">What was expected and what came, as a sentence.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public TrainingException(string reason, string remedy, Exception? innerException = null)
        : base($"{reason} {remedy}", innerException) => (Reason, Remedy) = (reason, remedy);

    /// <summary>What was expected and what came.</summary>
    public string Reason { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }
}

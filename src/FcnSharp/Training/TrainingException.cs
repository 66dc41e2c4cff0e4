namespace FcnSharp.Training;

/// <summary>Training cannot start or continue. The message is one line: <see cref="Reason"/> and <see cref="Remedy"/>.</summary>
public sealed class TrainingException : InvalidOperationException
{
    /// <summary>Describes why training cannot start or continue.</summary>
    /// <param name="reason">What was expected and what was found, as a sentence.</param>
    /// <param name="remedy">What to do, as a sentence.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public TrainingException(string reason, string remedy, Exception? innerException = null)
        : base($"{reason} {remedy}", innerException) => (Reason, Remedy) = (reason, remedy);

    /// <summary>What was expected and what was found, as a sentence.</summary>
    public string Reason { get; }

    /// <summary>What to do, as a sentence.</summary>
    public string Remedy { get; }
}

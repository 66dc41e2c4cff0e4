namespace FcnSharp.Training;

/// <summary>Training cannot start, or cannot go on. The message is one line: what was expected and what came, and what to do.</summary>
public sealed class TrainingException : InvalidOperationException
{
    /// <summary>Says why.</summary>
    /// <param name="message">What was expected and what came, and what to do.</param>
    /// <param name="innerException">What led to it, if anything.</param>
    public TrainingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

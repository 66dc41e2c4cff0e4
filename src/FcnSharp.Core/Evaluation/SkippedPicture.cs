namespace FcnSharp.Evaluation;

/// <summary>A picture that was skipped. Immutable.</summary>
public sealed record SkippedPicture
{
    internal SkippedPicture(string name, string reason) =>
        (Name, Reason) = (name, reason);

    /// <summary>The name of the picture in the data set.</summary>
    public string Name { get; }

    /// <summary>What is wrong with the picture, in one line that names the file.</summary>
    public string Reason { get; }
}

namespace FcnSharp.Evaluation;

/// <summary>A picture that was left out.</summary>
public sealed record SkippedPicture
{
    internal SkippedPicture(string name, string reason) =>
        (Name, Reason) = (name, reason);

    /// <summary>Its name in the data set.</summary>
    public string Name { get; }

    /// <summary>What is wrong with it, in one line that names the file.</summary>
    public string Reason { get; }
}

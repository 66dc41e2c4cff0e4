namespace FcnSharp.Data;

/// <summary>One file of a finding. Immutable.</summary>
public sealed record FaultyFile
{
    internal FaultyFile(string path, string reason) =>
        (Path, Reason) = (path, reason);

    /// <summary>The file; for a missing file, the path where it was expected.</summary>
    public string Path { get; }

    /// <summary>What is wrong with the file: what was expected and what was found.</summary>
    public string Reason { get; }
}

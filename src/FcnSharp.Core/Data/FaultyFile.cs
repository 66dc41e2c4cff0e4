namespace FcnSharp.Data;

/// <summary>One file of a finding.</summary>
public sealed record FaultyFile
{
    internal FaultyFile(string path, string reason) =>
        (Path, Reason) = (path, reason);

    /// <summary>The file; where one is missing, the place at which it was looked for.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it: what was expected and what came.</summary>
    public string Reason { get; }
}

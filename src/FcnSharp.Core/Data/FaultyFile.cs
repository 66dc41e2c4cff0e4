namespace FcnSharp.Data;

/// <summary>One file of a finding.</summary>
/// <param name="Path">The file; where one is missing, the place at which it was looked for.</param>
/// <param name="Reason">What is wrong with it: what was expected and what came.</param>
public sealed record FaultyFile(string Path, string Reason);

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Failures of one cause: the first input that showed it, and how many did.</summary>
internal sealed class Failure
{
    public required string Reader { get; init; }

    public required string Signature { get; init; }

    public required ulong Seed { get; init; }

    public required string Detail { get; init; }

    public long Count { get; set; }
}

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Failures of one cause: the first input and the number of inputs.</summary>
internal sealed class Failure
{
    public required string Reader { get; init; }

    public required string Signature { get; init; }

    public required ulong Seed { get; init; }

    public required string Detail { get; init; }

    public long Count { get; set; }
}

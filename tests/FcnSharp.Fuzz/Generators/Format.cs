using System.Collections.Immutable;

namespace FcnSharp.Fuzz.Generators;

/// <summary>A grammar of files.</summary>
/// <param name="Name">The format, for people.</param>
/// <param name="Write">Writes a file that is valid or deviates from the format, as the dice decide.</param>
/// <param name="Bombs">Writers of small files that demand much work or memory; their size is random.</param>
internal sealed record Format(string Name, Func<Dice, byte[]> Write, params ImmutableArray<Func<Dice, byte[]>> Bombs)
{
    /// <summary>Corrects the checksums of a damaged file in place, so that readers reach the damaged part; null if the format has
    /// none.</summary>
    public Action<byte[]>? Mend { get; init; }
}

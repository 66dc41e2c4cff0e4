using System.Collections.Immutable;

namespace FcnSharp.Fuzz.Generators;

/// <summary>A grammar of files.</summary>
/// <param name="Name">The format, for people.</param>
/// <param name="Write">Writes a file; a sound one if the dice say so, else one that deviates where they say.</param>
/// <param name="Bombs">Writers of small files that ask for much work or memory; their size is drawn.</param>
internal sealed record Format(string Name, Func<Dice, byte[]> Write, params ImmutableArray<Func<Dice, byte[]>> Bombs)
{
    /// <summary>Makes the checksums of a damaged file right in place, so that readers go on to what was damaged; null if it has
    /// none.</summary>
    public Action<byte[]>? Mend { get; init; }
}

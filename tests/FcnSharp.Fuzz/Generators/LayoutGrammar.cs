namespace FcnSharp.Fuzz.Generators;

/// <summary>The contents of a training folder: pairs of bytes that select a name and a kind of entry.</summary>
internal static class LayoutGrammar
{
    /// <summary>A half-written file, and the folder of sample predictions.</summary>
    private static readonly byte[] Sound = [7, 1, 8, 0];

    public static Format Format { get; } = new("folder layout", dice => dice.IsSound ? Sound : dice.Bytes(2 * dice.Between(1, 6)));
}

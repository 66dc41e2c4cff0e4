namespace FcnSharp.Fuzz.Generators;

/// <summary>What lies in a training folder: pairs of bytes, which say under what name and as what.</summary>
internal static class LayoutGrammar
{
    /// <summary>A half-written file, and the folder of sample predictions.</summary>
    private static readonly byte[] Sound = [7, 1, 8, 0];

    public static Format Format { get; } = new("folder layout", dice => dice.IsSound ? Sound : dice.Bytes(2 * dice.Between(1, 6)));
}

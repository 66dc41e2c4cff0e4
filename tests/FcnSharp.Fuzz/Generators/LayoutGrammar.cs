namespace FcnSharp.Fuzz.Generators;

/// <summary>What lies in a training folder: pairs of bytes, which say under what name and as what.</summary>
internal static class LayoutGrammar
{
    public static Format Format { get; } = new("folder layout", dice => dice.Bytes(2 * dice.Between(1, 6)));
}

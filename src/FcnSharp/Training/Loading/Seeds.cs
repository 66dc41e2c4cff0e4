namespace FcnSharp.Training.Loading;

/// <summary>Turns a seed and a position into a number that looks drawn: the same for the same, unrelated for any other.</summary>
/// <remarks>The finaliser of SplitMix64 (Steele, Lea and Flood, 2014), once for every argument.</remarks>
internal static class Seeds
{
    /// <summary>The step of SplitMix64's counter: 2^64 divided by the golden ratio, made odd.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Mixes a seed with two numbers that say what it is for, such as epoch and place.</summary>
    public static ulong Mix(long seed, long a, long b) =>
        unchecked(Finish(Finish(Finish((ulong)seed + Golden) + (ulong)a + Golden) + (ulong)b + Golden));

    /// <summary>A bijection of 64 bits in which every bit of the input reaches every bit of the output.</summary>
    public static ulong Finish(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}

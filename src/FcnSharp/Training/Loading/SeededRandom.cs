namespace FcnSharp.Training.Loading;

/// <summary>SplitMix64: random numbers that depend only on a seed, not on the machine or the version of .NET.</summary>
/// <remarks>A mutable struct: pass it by reference.</remarks>
internal struct SeededRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number that is at least 0 and below 1, with 53 random bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number from 0 to <paramref name="below"/> - 1. The bias, below / 2^64, is negligible.</summary>
    public int NextIndex(int below) => (int)Math.BigMul(NextBits(), (ulong)below, out _);

    private ulong NextBits()
    {
        unchecked
        {
            state += Seeds.Golden;
        }

        return Seeds.Finish(state);
    }
}

/// <summary>Hashes a seed and a position to a pseudo-random number.</summary>
/// <remarks>Applies the finaliser of SplitMix64 (Steele, Lea and Flood, 2014) once for every argument.</remarks>
internal static class Seeds
{
    /// <summary>The step of SplitMix64's counter: 2^64 divided by the golden ratio, made odd.</summary>
    public const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>Mixes a seed with two numbers that identify its use, such as epoch and position.</summary>
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

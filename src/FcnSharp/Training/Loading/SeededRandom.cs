namespace FcnSharp.Training.Loading;

/// <summary>SplitMix64: numbers that follow from a seed alone, on every machine and in every version of .NET.</summary>
/// <remarks>A mutable struct: pass it by reference.</remarks>
internal struct SeededRandom(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 up to, but not including, 1, with 53 random bits.</summary>
    public double NextUnit() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>A number from 0 to <paramref name="below"/> - 1. The bias, below / 2^64, is out of reach.</summary>
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

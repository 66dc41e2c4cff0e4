using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FcnSharp.Support;

/// <summary>Finds infinities and NaNs among floats.</summary>
internal static class NonFinite
{
    private const int BlockLength = 1 << 12;

    /// <summary>Index of the first value that is infinite or NaN; -1 if there is none.</summary>
    public static int IndexIn(ReadOnlySpan<float> values)
    {
        for (var start = 0; start < values.Length; start += BlockLength)
        {
            var block = values.Slice(start, Math.Min(BlockLength, values.Length - start));
            if (!IsFinite(block))
            {
                var index = start;
                while (float.IsFinite(values[index]))
                {
                    index++;
                }

                return index;
            }
        }

        return -1;
    }

    /// <summary>A finite value times zero is zero; an infinity or a NaN times zero is NaN, and so is every sum that contains it. Skips
    /// tiered compilation: the method runs over all weights of a network before the runtime would optimise it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool IsFinite(ReadOnlySpan<float> block)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(block);
        var sums = Vector<float>.Zero;
        foreach (var vector in vectors)
        {
            sums += vector * Vector<float>.Zero;
        }

        var sum = Vector.Sum(sums);
        foreach (var value in block[(vectors.Length * Vector<float>.Count)..])
        {
            sum += value * 0;
        }

        return sum == 0;
    }
}

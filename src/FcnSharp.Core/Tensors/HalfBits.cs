using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FcnSharp.Tensors;

/// <summary>Converts half precision (IEEE 754 binary16) to single precision, eight numbers at once; the runtime converts them one by
/// one.</summary>
internal static class HalfBits
{
    /// <summary>2^(127 - 15): the difference of the exponent biases, as a factor.</summary>
    private const float Rebias = 5.192297e33f;

    /// <summary>Converts numbers exactly, including infinities, NaNs and subnormals.</summary>
    /// <param name="bits">The half-precision numbers.</param>
    /// <param name="values">Receives the floats; at least as long as <paramref name="bits"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ToSingles(ReadOnlySpan<ushort> bits, Span<float> values)
    {
        var i = 0;
        for (; i <= bits.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            var (lower, upper) = Vector128.Widen(Vector128.Create(bits[i..]));
            ToSingles(lower).CopyTo(values[i..]);
            ToSingles(upper).CopyTo(values[(i + Vector128<float>.Count)..]);
        }

        for (; i < bits.Length; i++)
        {
            values[i] = (float)BitConverter.UInt16BitsToHalf(bits[i]);
        }
    }

    /// <summary>Shifts exponent and fraction to their places in a float and corrects the bias by a multiplication; results of 65536 and
    /// above were infinities or NaNs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ToSingles(Vector128<uint> bits)
    {
        var magnitude = ((bits & Vector128.Create(0x7FFFu)) << 13).AsSingle() * Rebias;
        var nonFinite = Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(65536f)).AsUInt32() & Vector128.Create(0x7F800000u);
        var sign = (bits & Vector128.Create(0x8000u)) << 16;
        return (magnitude.AsUInt32() | nonFinite | sign).AsSingle();
    }
}

/// <summary>Converts brain floats (bfloat16), the upper halves of 32-bit floats.</summary>
internal static class BFloat16Bits
{
    public static float ToSingle(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Rounds to nearest, ties to even; a NaN stays a NaN.</summary>
    public static ushort FromSingle(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40)
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}

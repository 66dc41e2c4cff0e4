using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FcnSharp.Tensors;

/// <summary>Half precision (IEEE 754 binary16), eight numbers at once: the runtime widens them one by one.</summary>
internal static class HalfBits
{
    /// <summary>What the exponents' biases differ by, 127 - 15, as a factor.</summary>
    private const float Rebias = 5.192297e33f;

    /// <summary>Widens numbers, exactly: infinities, numbers that are none and the tiny ones included.</summary>
    /// <param name="bits">The numbers.</param>
    /// <param name="values">Takes as many.</param>
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

    /// <summary>Exponent and fraction, moved to their places, are the number but for the bias; beyond the largest half lies what has no
    /// value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> ToSingles(Vector128<uint> bits)
    {
        var magnitude = ((bits & Vector128.Create(0x7FFFu)) << 13).AsSingle() * Rebias;
        var endless = Vector128.GreaterThanOrEqual(magnitude, Vector128.Create(65536f)).AsUInt32() & Vector128.Create(0x7F800000u);
        var sign = (bits & Vector128.Create(0x8000u)) << 16;
        return (magnitude.AsUInt32() | endless | sign).AsSingle();
    }
}

/// <summary>A brain float is the upper half of a 32-bit float.</summary>
internal static class BFloat16Bits
{
    public static float ToSingle(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

    /// <summary>Rounds to nearest, ties to even; a NaN stays one.</summary>
    public static ushort FromSingle(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value)
            ? (ushort)((bits >> 16) | 0x40)
            : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}

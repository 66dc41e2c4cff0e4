using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Tensors;

public class HalfBitsTests
{
    [Fact]
    public void ToSingles_EveryHalf_IsWhatTheRuntimeMakesOfIt()
    {
        ushort[] bits = [.. Enumerable.Range(0, 1 << 16).Select(value => (ushort)value), 1, 0x7BFF, 0xFC00];
        var values = new float[bits.Length];

        HalfBits.ToSingles(bits, values);

        Assert.Equal(bits.Select(half => (float)BitConverter.UInt16BitsToHalf(half)), values);
        Assert.True(float.IsNegative(values[0x8000]));
    }
}

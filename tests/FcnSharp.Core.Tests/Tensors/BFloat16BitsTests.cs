using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Tensors;

public class BFloat16BitsTests
{
    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(-2.5f, 0xC020)]
    [InlineData(1.00390625f, 0x3F80)] // exactly between two: the even one
    [InlineData(1.01171875f, 0x3F82)]
    [InlineData(float.PositiveInfinity, 0x7F80)]
    public void FromSingle_RoundsToNearestEven(float value, int bits) => Assert.Equal(bits, BFloat16Bits.FromSingle(value));

    [Fact]
    public void FromSingle_ANaN_StaysOne() =>
        Assert.True(float.IsNaN(BFloat16Bits.ToSingle(BFloat16Bits.FromSingle(BitConverter.UInt32BitsToSingle(0x7F800001)))));
}

using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Tensors;

/// <summary>The numbers in a safetensors file are little-endian on every machine.</summary>
public class StoredNumbersTests
{
    [Theory]
    [InlineData(WeightPrecision.Float32, new byte[] { 0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC0 })]
    [InlineData(WeightPrecision.Float16, new byte[] { 0, 0x3C, 0, 0xC1 })]
    [InlineData(WeightPrecision.BFloat16, new byte[] { 0x80, 0x3F, 0x20, 0xC0 })]
    public void Write_NumbersOfEveryPrecision_PutsTheLowestByteFirst(WeightPrecision precision, byte[] expected)
    {
        using var stream = new MemoryStream();

        SafetensorsFile.Write(stream, [new NamedTensor("a", [2], new[] { 1f, -2.5f })], [], precision);

        Assert.Equal(expected, stream.ToArray()[^expected.Length..]);
    }
}

using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

public class LittleEndianTests
{
    [Fact]
    public void Pieces_OfManyNumbers_AreTheirBytesInOrder()
    {
        var values = Enumerable.Range(0, 40_000).Select(i => i + 0.5f).ToArray();
        using var stream = new MemoryStream();

        LittleEndian.Pieces(values, stream.Write);

        var bytes = stream.ToArray();
        Assert.Equal([0, 0, 0, 0x3F, 0, 0, 0xC0, 0x3F], bytes[..8]);
        Assert.Equal(values, bytes.Chunk(4).Select(four => BitConverter.UInt32BitsToSingle(
            four[0] | ((uint)four[1] << 8) | ((uint)four[2] << 16) | ((uint)four[3] << 24))));
    }

    [Fact]
    public void Pieces_OfNothing_AreNone() => LittleEndian.Pieces([], _ => Assert.Fail("There is nothing to hand out."));
}

using FcnSharp.Engine.Cpu;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public unsafe class ChannelMapTests
{
    /// <summary>A narrow map is mostly border, which must not be wider than the layers need.</summary>
    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(1, 1, 4)]
    [InlineData(33, 2, 8)]
    public void Constructor_AMapWithABorder_IsZeroThereAndNowhereElse(int width, int before, int after)
    {
        const int height = 50;
        using var scratch = new ScratchMemory(1 << 20);
        new Span<float>(scratch.Pointer, (int)scratch.Length).Fill(float.NaN);

        using var map = new ChannelMap(scratch, height, width, channels: 1, border: new(before, after));

        Assert.Equal((width + before + after) * map.Stride, map.RowStride);
        for (var y = -before; y < height + after; y++)
        {
            for (var x = -before; x < width + after; x++)
            {
                var inside = (uint)y < height && (uint)x < (uint)width;
                Assert.Equal(inside ? float.NaN : 0, *map.Cell(y, x));
            }
        }
    }

    [Fact]
    public void Constructor_MoreValuesThanAMapHolds_SaysWhatToDo()
    {
        var error = Assert.Throws<ArgumentException>(() => new ChannelMap(TestMaps.Scratch, 6000, 6000, 64));

        Assert.Contains("too large for this engine", error.Message);
        Assert.Contains("Set a working size", error.Message);
    }
}

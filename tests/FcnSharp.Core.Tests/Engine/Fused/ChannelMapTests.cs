using FcnSharp.Engine.Fused;

namespace FcnSharp.Tests.Engine.Fused;

public unsafe class ChannelMapTests
{
    /// <summary>A map of a thousand rows whose columns are few: the border must not cost more than the map.</summary>
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 4)]
    [InlineData(4, 2)]
    [InlineData(32, 2)]
    [InlineData(33, 5)]
    public void Border_OfANarrowMap_IsClearedOnlyWhereWinogradTilesLook(int width, int cleared)
    {
        const int height = 1000;
        using var scratch = new ScratchMemory(1 << 20);
        new Span<float>(scratch.Pointer, (int)scratch.Length).Fill(float.NaN);

        using var map = new ChannelMap(scratch, height, width, channels: 1, border: WinogradTransforms.Output);

        for (var y = 0; y < height; y++)
        {
            var columns = Enumerable.Range(-map.Border, width + (2 * map.Border)).Where(x => *map.Cell(y, x) == 0).ToList();
            Assert.Equal(cleared, columns.Count);
            Assert.Equal([-1, .. Enumerable.Range(width, cleared - 1)], columns);
        }

        Assert.All(Enumerable.Range(-1, width + cleared), x => Assert.True(*map.Cell(-1, x) == 0 && *map.Cell(height, x) == 0));
    }
}

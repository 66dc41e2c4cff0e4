using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class TilePlanTests
{
    /// <summary>A line of pixels is padded to 32 rows or columns: no more is shown than of a square of as many pixels, but half.</summary>
    [Theory]
    [InlineData(65_536, 1L << 28)]
    [InlineData(1_000_000, 1L << 28)]
    [InlineData(1_000_000, 1L << 25)]
    public void For_ALineOfPixels_ShowsTheNetworkAboutAsMuchAsOfASquare(int length, long maxBytes)
    {
        var network = FilledNetwork.Tiny();
        var plan = PlanCompiler.Compile(network.Graph, name => network[name], network.Card.Normalization!, KernelSet.Fastest);
        var tiles = new TilePlan(plan);
        var side = (int)Math.Sqrt(32.0 * length);

        var square = Shown(side, side);

        Assert.InRange(Shown(1, length), 1, 1.5 * square);
        Assert.InRange(Shown(length, 1), 1, 1.5 * square);

        double Shown(int width, int height) =>
            tiles.For(width, height, maxBytes).Sum(tile => (double)tile.Window.Width * tile.Window.Height)
            / ((width + 31) / 32 * 32) / ((height + 31) / 32 * 32);
    }
}

using FcnSharp.Engine.Fused;
using FcnSharp.Networks;

namespace FcnSharp.Tests.Engine.Fused;

public class TilePlanTests
{
    /// <summary>A line of pixels is padded to 32 rows or columns: no more is shown than of a square of as many pixels, but half.</summary>
    [Theory]
    [InlineData(65_536, 1L << 31)]
    [InlineData(1_000_000, 1L << 31)]
    [InlineData(1_000_000, 1L << 28)]
    public void For_ALineOfPixels_ShowsTheNetworkAboutAsMuchAsOfASquare(int length, long maxBytes)
    {
        var options = new FcnOptions();
        var plan = new TilePlan(new FcnArchitecture(options), options.Variant);
        var side = (int)Math.Sqrt(32.0 * length);

        var square = Shown(side, side);

        Assert.InRange(Shown(1, length), 1, 1.5 * square);
        Assert.InRange(Shown(length, 1), 1, 1.5 * square);

        double Shown(int width, int height) =>
            plan.For(width, height, maxBytes).Sum(tile => (double)tile.Window.Width * tile.Window.Height)
            / plan.Padded(width) / plan.Padded(height);
    }
}

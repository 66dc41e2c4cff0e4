using FcnSharp.Training;
using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class AugmentationTests
{
    private static readonly Augmentation[] Drawn =
        [.. Enumerable.Range(0, 4000).Select(
            i => Augmentation.Draw(AugmentationOptions.Default with { ChannelGain = 0.1, ShadowChance = 1 }, Seeds.Mix(5, 0, i)))];

    [Fact]
    public void Draw_WithoutOptions_KeepsEverything()
    {
        var drawn = Augmentation.Draw(AugmentationOptions.None, seed: 9);

        Assert.False(drawn.Flip);
        Assert.True(drawn.KeepsPixels);
        Assert.True(drawn.KeepsColors);
    }

    [Fact]
    public void Draw_OverAWhile_FillsEveryRangeEvenly()
    {
        Assert.InRange(Drawn.Count(drawn => drawn.Flip), 1840, 2160);
        AssertEven(Drawn.Select(drawn => Math.Log2(drawn.Scale)), -1, 1);
        AssertEven(Drawn.Select(drawn => drawn.Degrees), -5, 5);
        AssertEven(Drawn.Select(drawn => drawn.Across), 0, 1);
        AssertEven(Drawn.Select(drawn => drawn.Down), 0, 1);
        AssertEven(Drawn.Select(drawn => drawn.Brightness), 0.75, 1.25);
        AssertEven(Drawn.Select(drawn => drawn.Contrast), 0.75, 1.25);
        AssertEven(Drawn.Select(drawn => drawn.Saturation), 0.75, 1.25);
        AssertEven(Drawn.Select(drawn => (double)drawn.Gains.R), 0.9, 1.1);
        AssertEven(Drawn.Select(drawn => (double)drawn.Gains.G), 0.9, 1.1);
        AssertEven(Drawn.Select(drawn => (double)drawn.Gains.B), 0.9, 1.1);
        AssertEven(Drawn.Select(drawn => drawn.Shadow!.Value.Across), 0, 1);
        AssertEven(Drawn.Select(drawn => drawn.Shadow!.Value.Down), 0, 1);
        AssertEven(Drawn.Select(drawn => drawn.Shadow!.Value.Degrees), 0, 360);
        AssertEven(Drawn.Select(drawn => drawn.Shadow!.Value.Brightness), 0.4, 1);
    }

    [Fact]
    public void Draw_WithAChanceOfShadows_ShadesThatPart()
    {
        var options = AugmentationOptions.None with { ShadowChance = 0.3 };
        var shaded = Enumerable.Range(0, 4000).Count(i => Augmentation.Draw(options, Seeds.Mix(5, 0, i)).Shadow is not null);

        Assert.InRange(shaded, 1200 - 145, 1200 + 145);
    }

    [Fact]
    public void Draw_WithAnOptionMore_KeepsTheOtherDraws()
    {
        var without = Augmentation.Draw(AugmentationOptions.Default with { FlipChance = 0, MaxRotationDegrees = 0 }, seed: 12);
        var with = Augmentation.Draw(AugmentationOptions.Default, seed: 12);

        Assert.Equal(without with { Flip = with.Flip, Degrees = with.Degrees }, with);
    }

    /// <summary>Each eighth of the range gets an eighth of the values, within five standard deviations.</summary>
    private static void AssertEven(IEnumerable<double> values, double from, double to)
    {
        var parts = new int[8];
        foreach (var value in values)
        {
            parts[(int)(8 * (value - from) / (to - from))]++;
        }

        Assert.All(parts, count => Assert.InRange(count, 500 - 105, 500 + 105));
    }
}

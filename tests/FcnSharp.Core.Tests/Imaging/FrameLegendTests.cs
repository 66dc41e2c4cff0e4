using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class FrameLegendTests
{
    [Theory]
    [InlineData(480, 360, 11)]
    [InlineData(481, 361, 11)]
    [InlineData(1280, 720, 21)]
    [InlineData(160, 120, 40)]
    public void Below_AnyFrame_KeepsItAndShowsEveryClass(int width, int height, int count)
    {
        var classes = ClassList.Numbered(count);
        var frame = TestPictures.Flat(width, height, new(200, 200, 200));

        var legend = new FrameLegend(classes, width, height);
        var joined = legend.Below(frame);

        Assert.Equal((legend.Width, legend.Height), (joined.Width, joined.Height));
        Assert.Equal((width, 0), (joined.Width, joined.Height % 2));
        Assert.Equal(frame.Pixels.ToArray(), joined.Pixels[..(3 * width * height)].ToArray());
        var panel = joined.Pixels[(3 * width * height)..].ToArray();
        var colors = Enumerable.Range(0, panel.Length / 3)
            .CountBy(i => new RgbColor(panel[3 * i], panel[(3 * i) + 1], panel[(3 * i) + 2])).ToDictionary();
        Assert.All(classes, info => Assert.True(colors[info.Color] > 30, info.Name));
    }

    [Fact]
    public void Below_TwoFrames_IsTheSame()
    {
        var legend = new FrameLegend(ClassList.CamVid, 320, 240);

        var (dark, light) = (legend.Below(TestPictures.Flat(320, 240, new(5, 5, 5))), legend.Below(TestPictures.Noise(320, 240)));

        Assert.Equal(dark.Pixels[(3 * 320 * 240)..].ToArray(), light.Pixels[(3 * 320 * 240)..].ToArray());
    }

    [Fact]
    public void Below_AFrameOfAnotherSize_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new FrameLegend(ClassList.Voc, 32, 24).Below(TestPictures.Gradient(32, 25)));

        Assert.Contains("The frame is 32x25, but the legend is for 32x24.", error.Message);
    }

    [Fact]
    public void Below_AFrameThatIsTooNarrowForAName_IsWidenedToAnEvenWidth()
    {
        var legend = new FrameLegend(ClassList.Voc, 33, 64);

        Assert.InRange(legend.Width, 60, 300);
        Assert.Equal((0, 0), (legend.Width % 2, legend.Height % 2));
        Assert.Equal(legend.Width, legend.Below(TestPictures.Gradient(33, 64)).Width);
    }
}

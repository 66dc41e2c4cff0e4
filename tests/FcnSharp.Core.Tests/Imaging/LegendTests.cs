using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class LegendTests
{
    [Theory]
    [InlineData(100, 75)]
    [InlineData(751, 563)]
    [InlineData(1500, 2000)]
    public void Beside_ShowsASwatchOfEveryClassPresentAndKeepsThePicture(int width, int height)
    {
        var picture = TestPictures.Gradient(width, height);
        var labels = Stripes(width, height, 5);

        var joined = Legend.Beside(picture, labels, ClassList.CamVid);

        Assert.Equal(height, joined.Height);
        Assert.Equal(picture.Pixels.ToArray(), Cut(joined, 0, width));
        var panel = Colors(Cut(joined, width, joined.Width - width));
        Assert.All(Enumerable.Range(0, 5), id => Assert.True(panel[ClassList.CamVid[id].Color] > 50));
        Assert.All(Enumerable.Range(5, 6), id => Assert.DoesNotContain(ClassList.CamVid[id].Color, panel.Keys));
        Assert.True(panel[new RgbColor(255, 255, 255)] > panel.Values.Sum() / 2);
        Assert.True(panel.Keys.Count(color => color.R < 80 && color.G < 80 && color.B < 80) > 5);
    }

    [Fact]
    public void Beside_ForATallerPicture_IsWrittenLarger()
    {
        int PanelWidth(int height) => Legend.Beside(TestPictures.Gradient(20, height), Stripes(20, height, 3), ClassList.Voc).Width - 20;

        Assert.InRange((double)PanelWidth(4000) / PanelWidth(1000), 3.5, 4.5);
        Assert.Equal(PanelWidth(100), PanelWidth(200));
    }

    [Fact]
    public void Beside_OfMoreClassesThanRows_AddsColumns()
    {
        int PanelWidth(int classes) =>
            Legend.Beside(TestPictures.Gradient(255, 100), Stripes(255, 100, classes), ClassList.Numbered(255)).Width - 255;

        Assert.InRange((double)PanelWidth(20) / PanelWidth(4), 3, 7);
    }

    [Fact]
    public void Beside_OfALongName_StaysNarrow()
    {
        var picture = TestPictures.Gradient(50, 50);

        int PanelWidth(string name) => Legend.Beside(picture, Stripes(50, 50, 1), new ClassList([name])).Width - 50;

        Assert.True(PanelWidth(new string('m', 500)) < 300);
        Assert.True(PanelWidth("m") < PanelWidth("mmm"));
        Assert.InRange(PanelWidth("猫 \U0001F408 e\u0301 \uD800"), 40, 300);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 8)]
    public void Beside_OfATinyPicture_MakesRoomForALine(int width, int height)
    {
        var joined = Legend.Beside(TestPictures.Gradient(width, height), Stripes(width, height, 1), ClassList.Voc);

        Assert.InRange(joined.Height, 20, 40);
        Assert.Equal(new RgbColor(255, 255, 255), joined[0, joined.Height - 1]);
    }

    [Fact]
    public void Beside_OfNothingLabelled_IsThePicture()
    {
        var picture = TestPictures.Gradient(2, 1);

        Assert.Same(picture, Legend.Beside(picture, new LabelMap(new byte[] { 255, 255 }, 2, 1), ClassList.Voc));
    }

    [Theory]
    [InlineData(1, "100.0 %")]
    [InlineData(0.1234, "12.3 %")]
    [InlineData(0.0005, "0.1 %")]
    [InlineData(0.00049, "<0.1 %")]
    public void Percent_HasOneDecimalAndNeverShowsNothing(double share, string text) => Assert.Equal(text, LegendRow.Percent(share));

    [Fact]
    public void Shorten_CutsAtTheWidthAndEndsWithAnEllipsis()
    {
        using var text = new LegendText(20);

        var cut = text.Shorten("a rather long class name", 100);

        Assert.EndsWith("…", cut);
        Assert.StartsWith("a rather", cut);
        Assert.InRange(text.Measure(cut), 70, 100);
        Assert.Equal("short", text.Shorten("short", 100));
    }

    [Fact]
    public void Layout_OfAnyRows_NeverOverlaps()
    {
        using var text = new LegendText(LegendLayout.TextSizeFor(751, 563));
        var rows = Enumerable.Range(0, 60)
            .Select(i => LegendRow.Of(new ClassShare(i, new ClassInfo(new string('x', 1 + (i * 7 % 40)), default), 1, i / 60.0), text))
            .ToArray();

        var layout = new LegendLayout(rows, text, 563);

        for (var i = 0; i < rows.Length; i++)
        {
            var place = layout.Place(i);
            Assert.True(place.Swatch.Left >= 0 && place.Swatch.Top >= 0 && place.Swatch.Bottom <= 563 && place.ShareRight <= layout.Width);
            Assert.True(place.Swatch.Right < place.NameLeft);
            Assert.True(place.NameLeft + rows[i].NameWidth < place.ShareRight - rows[i].ShareWidth);
            if (i > 0)
            {
                var above = layout.Place(i - 1);
                Assert.True(above.Swatch.Bottom < place.Swatch.Top || above.ShareRight < place.Swatch.Left);
            }
        }
    }

    private static LabelMap Stripes(int width, int height, int classes) =>
        new(Enumerable.Range(0, width * height).Select(i => (byte)(i % width * classes / width)).ToArray(), width, height);

    private static byte[] Cut(RgbImage image, int left, int width)
    {
        var pixels = new byte[3 * width * image.Height];
        for (var y = 0; y < image.Height; y++)
        {
            image.Pixels.Span.Slice(3 * ((y * image.Width) + left), 3 * width).CopyTo(pixels.AsSpan(3 * y * width));
        }

        return pixels;
    }

    private static Dictionary<RgbColor, int> Colors(byte[] pixels) =>
        pixels.Chunk(3).Select(pixel => new RgbColor(pixel[0], pixel[1], pixel[2])).CountBy(color => color).ToDictionary();
}

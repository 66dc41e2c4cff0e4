using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class LegendTests
{
    [Theory]
    [InlineData(751, 563)]
    [InlineData(1500, 2000)]
    [InlineData(480, 360)]
    [InlineData(4000, 3000)]
    public void Below_ShowsASwatchOfEveryClassPresentAndKeepsThePicture(int width, int height)
    {
        var picture = TestPictures.Flat(width, height, new(200, 200, 200));
        var labels = Stripes(width, height, 5);

        var joined = Legend.Below(picture, labels, ClassList.CamVid);

        Assert.Equal(width, joined.Width);
        Assert.Equal(picture.Pixels.ToArray(), joined.Pixels[..(3 * width * height)].ToArray());
        var panel = Colors(joined.Pixels[(3 * width * height)..].ToArray());
        Assert.All(Enumerable.Range(0, 5), id => Assert.True(panel[ClassList.CamVid[id].Color] > 50));
        Assert.All(Enumerable.Range(5, 6), id => Assert.DoesNotContain(ClassList.CamVid[id].Color, panel.Keys));
        Assert.True(panel[new RgbColor(255, 255, 255)] > panel.Values.Sum() / 2);
        Assert.True(panel.Keys.Count(color => color.R < 80 && color.G < 80 && color.B < 80) > 5);
    }

    [Theory]
    [InlineData(640, 480, 11)]
    [InlineData(480, 640, 11)]
    [InlineData(320, 240, 11)]
    [InlineData(1920, 1080, 40)]
    [InlineData(1080, 1920, 255)]
    [InlineData(3000, 300, 20)]
    [InlineData(300, 3000, 20)]
    public void Below_WhateverTheShapeAndTheClasses_TakesAFifthAtMost(int width, int height, int classes)
    {
        var joined = Legend.Below(TestPictures.Gradient(width, height), Stripes(width, height, classes), ClassList.Numbered(255));

        Assert.Equal(width, joined.Width);
        Assert.InRange(joined.Height, height + 10, Math.Ceiling(height * 1.2));
    }

    [Fact]
    public void Below_ForALargerPicture_IsWrittenLarger()
    {
        int PanelHeight(int side) =>
            Legend.Below(TestPictures.Gradient(side, side / 2), Stripes(side, side / 2, 3), ClassList.Voc).Height - (side / 2);

        Assert.InRange((double)PanelHeight(4000) / PanelHeight(1000), 3, 4.5);
    }

    [Fact]
    public void Below_OfADarkPicture_IsDark()
    {
        RgbColor Corner(byte grey)
        {
            var joined = Legend.Below(TestPictures.Flat(640, 480, new(grey, grey, grey)), Stripes(640, 480, 2), ClassList.Voc);
            return joined[joined.Width - 1, joined.Height - 1];
        }

        Assert.Equal(new RgbColor(255, 255, 255), Corner(120));
        Assert.Equal(new RgbColor(0x14, 0x17, 0x1A), Corner(40));
    }

    [Fact]
    public void Below_OfMoreClassesThanFit_LeavesTheSmallestOut()
    {
        var ids = new byte[128 * 128];
        for (var id = 0; id < 20; id++)
        {
            ids.AsSpan(id * 10, 10).Fill((byte)id);
        }

        var joined = Legend.Below(TestPictures.Flat(128, 128, new(200, 200, 200)), new LabelMap(ids, 128, 128), ClassList.Voc);

        var panel = Colors(joined.Pixels[(3 * 128 * 128)..].ToArray());
        Assert.InRange(joined.Height, 129, 154);
        Assert.Contains(ClassList.Voc[0].Color, panel.Keys);
        Assert.DoesNotContain(ClassList.Voc[19].Color, panel.Keys);
    }

    [Fact]
    public void Below_OfALongName_StaysWithinThePicture()
    {
        var picture = TestPictures.Gradient(400, 300);

        var joined = Legend.Below(picture, Stripes(400, 300, 1), new ClassList([new string('m', 500)]));
        var other = Legend.Below(picture, Stripes(400, 300, 1), new ClassList(["猫 \U0001F408 e\u0301 \uD800"]));

        Assert.Equal((400, 400), (joined.Width, other.Width));
        Assert.InRange(joined.Height, 310, 360);
    }

    [Fact]
    public void Alone_IsOneColumnOfAllClasses()
    {
        var legend = Legend.Alone(Stripes(640, 480, 5), ClassList.Voc)!;

        Assert.InRange(legend.Width, 100, 250);
        Assert.InRange(legend.Height, 100, 200);
        Assert.All(Enumerable.Range(0, 5), id => Assert.Contains(ClassList.Voc[id].Color, Colors(legend.Pixels.ToArray()).Keys));
        Assert.Null(Legend.Alone(new LabelMap(new byte[] { 255 }, 1, 1), ClassList.Voc));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 8)]
    public void Below_OfATinyPicture_MakesRoomForALine(int width, int height)
    {
        var joined = Legend.Below(TestPictures.Flat(width, height, new(200, 200, 200)), Stripes(width, height, 1), ClassList.Voc);

        Assert.InRange(joined.Height, 20, 40);
        Assert.Equal(new RgbColor(255, 255, 255), joined[0, joined.Height - 1]);
    }

    [Fact]
    public void Below_OfNothingLabelled_IsThePicture()
    {
        var picture = TestPictures.Gradient(2, 1);

        Assert.Same(picture, Legend.Below(picture, new LabelMap(new byte[] { 255, 255 }, 2, 1), ClassList.Voc));
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

    [Theory]
    [InlineData(751, 563)]
    [InlineData(563, 1251)]
    [InlineData(200, 150)]
    public void Layout_OfAnyRows_NeverOverlaps(int width, int height)
    {
        using var text = new LegendText(64);
        var rows = Enumerable.Range(0, 60)
            .Select(i => LegendRow.Of(new ClassShare(i, new ClassInfo(new string('x', 1 + (i * 7 % 40)), default), 1, i / 60.0), text))
            .ToArray();

        var layout = LegendLayout.Below(rows.Length, rows.Max(row => row.Width), width, height);

        for (var i = 0; i < layout.Rows; i++)
        {
            var place = layout.Place(i, capHeight: 0.7f * layout.TextSize);
            Assert.True(place.Swatch.Left >= 0 && place.Swatch.Top >= 0 && place.Swatch.Bottom <= layout.Height);
            Assert.True(place.ShareRight <= layout.Width);
            Assert.True(place.Swatch.Right < place.NameLeft);
            Assert.True(place.NameLeft + (rows[i].NameWidth * layout.TextSize) < place.ShareRight - (rows[i].ShareWidth * layout.TextSize));
            if (i > 0)
            {
                var above = layout.Place(i - 1, capHeight: 0.7f * layout.TextSize);
                Assert.True(above.Swatch.Bottom < place.Swatch.Top || above.ShareRight < place.Swatch.Left);
            }
        }
    }

    private static LabelMap Stripes(int width, int height, int classes) =>
        new(Enumerable.Range(0, width * height).Select(i => (byte)(i % width * classes / width)).ToArray(), width, height);

    private static Dictionary<RgbColor, int> Colors(byte[] pixels) =>
        pixels.Chunk(3).Select(pixel => new RgbColor(pixel[0], pixel[1], pixel[2])).CountBy(color => color).ToDictionary();
}

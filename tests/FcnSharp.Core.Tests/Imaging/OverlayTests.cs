using CsCheck;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class OverlayTests
{
    private static readonly Palette TwoColors = new([new(200, 0, 101), new(10, 20, 30)]);
    private static readonly OverlayOptions Plain = new() { OutlineWidth = 0 };

    [Fact]
    public void Blend_MixesByOpacity() =>
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Double[0, 1]).Sample((photo, color, opacity) =>
        {
            var blended = Overlay.Blend(
                TestPictures.Flat(1, 1, new(photo, photo, photo)), new LabelMap(new byte[1], 1, 1),
                new Palette([new(color, color, color)]), new OverlayOptions { Opacity = opacity });

            Assert.InRange(blended.Pixels.Span[0] - ((photo * (1 - opacity)) + (color * opacity)), -0.51, 0.51);
        });

    [Fact]
    public void Blend_ByDefault_IsHalfAndHalf()
    {
        var blended = Overlay.Blend(TestPictures.Flat(2, 1, new(100, 50, 0)), new LabelMap(new byte[] { 0, 1 }, 2, 1), TwoColors, Plain);

        Assert.Equal([150, 25, 51, 55, 35, 15], blended.Pixels.ToArray());
    }

    [Fact]
    public void Blend_AtTheEnds_IsThePhotoOrTheColorExactly()
    {
        var photo = TestPictures.Gradient(30, 20);
        var labels = new LabelMap(new byte[600], 30, 20);

        Assert.Equal(photo.Pixels.ToArray(), Overlay.Blend(photo, labels, TwoColors, new OverlayOptions { Opacity = 0 }).Pixels.ToArray());
        Assert.Equal(
            labels.ToColors(TwoColors).Pixels.ToArray(),
            Overlay.Blend(photo, labels, TwoColors, new OverlayOptions { Opacity = 1 }).Pixels.ToArray());
    }

    [Fact]
    public void Blend_LeavesIgnoredAndUnblendedPixelsAndDarkensUnknownOnes()
    {
        var photo = TestPictures.Flat(3, 1, new(100, 100, 100));
        var labels = new LabelMap(new byte[] { 0, 255, 9 }, 3, 1);

        var blended = Overlay.Blend(photo, labels, Palette.CamVid, Plain with { UnblendedId = 0, Opacity = 0.75 });
        var unknown = Overlay.Blend(photo, labels, TwoColors, Plain with { UnblendedId = 0, Opacity = 0.75 });

        Assert.Equal([100, 100, 100, 100, 100, 100, 73, 73, 25], blended.Pixels.ToArray());
        Assert.Equal([100, 100, 100, 100, 100, 100, 25, 25, 25], unknown.Pixels.ToArray());
    }

    [Fact]
    public void Blend_OfALargePicture_IsTheSameAsRowByRow()
    {
        var photo = TestPictures.Gradient(1000, 600);
        var ids = new byte[600_000];
        new Random(4).NextBytes(ids);

        var whole = Overlay.Blend(photo, new LabelMap(ids, 1000, 600), Palette.Voc, Plain);

        for (var y = 0; y < 600; y += 37)
        {
            var row = Overlay.Blend(
                new RgbImage(photo.Pixels.Slice(3000 * y, 3000), 1000, 1),
                new LabelMap(ids.AsMemory(1000 * y, 1000), 1000, 1), Palette.Voc, Plain);
            Assert.Equal(row.Pixels.ToArray(), whole.Pixels.Slice(3000 * y, 3000).ToArray());
        }
    }

    [Fact]
    public void Blend_OfDifferentSizes_SaysBoth()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            Overlay.Blend(TestPictures.Gradient(4, 3), new LabelMap(new byte[12], 3, 4), TwoColors));

        Assert.Contains("picture is 4x3, but the label map is 3x4", error.Message);
    }

    [Fact]
    public void Blend_WithALegend_PutsItBelowTheBlendedPicture()
    {
        var photo = TestPictures.Gradient(60, 40);
        var labels = new LabelMap(new byte[2400], 60, 40);

        var plain = Overlay.Blend(photo, labels, Palette.Voc);
        var withLegend = Overlay.Blend(photo, labels, Palette.Voc, new OverlayOptions { Legend = true });

        Assert.True(withLegend.Height > plain.Height);
        Assert.Equal(Legend.Below(plain, labels, ClassList.Numbered(Palette.Voc)).Pixels.ToArray(), withLegend.Pixels.ToArray());
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(null, 300)]
    [InlineData(3, 300)]
    [InlineData(null, 1800)]
    public void Blend_AlongBorders_ShowsTheClassesOwnColors(int? outline, int width)
    {
        var photo = TestPictures.Flat(width, 9, new(100, 100, 100));
        var ids = Enumerable.Range(0, 9 * width).Select(i => (byte)(i % width < 100 ? 0 : 1)).ToArray();
        var expected = outline ?? width / 600 + (width < 600 ? 1 : 0);

        var blended = Overlay.Blend(
            photo, new LabelMap(ids, width, 9), TwoColors, new OverlayOptions { OutlineWidth = outline, Opacity = 0.5 });

        var inside = new RgbColor(150, 50, 101);
        var other = new RgbColor(55, 60, 65);
        Assert.Equal(inside, blended[99 - expected, 4]);
        Assert.Equal(other, blended[100 + expected, 4]);
        for (var near = 0; near < expected; near++)
        {
            Assert.Equal(new RgbColor(190, 10, 101), blended[99 - near, 4]);
            Assert.Equal(new RgbColor(19, 28, 37), blended[100 + near, 4]);
        }
    }

    [Fact]
    public void Blend_OfPhotoAlone_HasNoOutlines()
    {
        var photo = TestPictures.Gradient(30, 20);
        var labels = new LabelMap(Enumerable.Range(0, 600).Select(i => (byte)(i % 2)).ToArray(), 30, 20);

        var blended = Overlay.Blend(photo, labels, TwoColors, new OverlayOptions { Opacity = 0 });

        Assert.Equal(photo.Pixels.ToArray(), blended.Pixels.ToArray());
    }

    [Fact]
    public void Blend_OfCamVidsClasses_TakesTheColorsForPhotosUnlessToldOtherwise()
    {
        var photo = TestPictures.Flat(1, 1, new(0, 0, 0));
        var labels = new LabelMap(new byte[] { 3 }, 1, 1);
        var solid = new OverlayOptions { Opacity = 1 };

        Assert.Equal(Palette.StreetScenes[3], Overlay.Blend(photo, labels, ClassList.CamVid, solid)[0, 0]);
        Assert.Equal(Palette.CamVid[3], Overlay.Blend(photo, labels, ClassList.CamVid, solid with { Palette = Palette.CamVid })[0, 0]);
        Assert.Equal(Palette.Voc[3], Overlay.Blend(photo, labels, ClassList.Voc, solid)[0, 0]);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void OverlayOptions_WithAnOpacityOutOfRange_AreRefused(double opacity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OverlayOptions { Opacity = opacity });
}

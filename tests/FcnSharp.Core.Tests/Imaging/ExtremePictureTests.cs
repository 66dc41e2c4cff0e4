using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

/// <summary>Pictures with extreme aspect ratios.</summary>
public class ExtremePictureTests
{
    [Theory]
    [InlineData(1, 65_535)]
    [InlineData(1, 65_536)]
    [InlineData(1, 200_000)]
    [InlineData(40, 65_536)]
    [InlineData(65_535, 1)]
    [InlineData(200_000, 1)]
    public void Blend_WithALegend_KeepsThePictureAndIsWritten(int width, int height)
    {
        var picture = TestPictures.Gradient(width, height);
        var labels = new LabelMap(new byte[width * height], width, height);

        var overlay = Overlay.Blend(picture, labels, ClassList.Voc, new OverlayOptions { Legend = true, Opacity = 0 });

        Assert.Equal(picture[0, 0], overlay[0, 0]);
        Assert.Equal(picture[width - 1, height - 1], overlay[width - 1, height - 1]);
        Assert.InRange(overlay.Width, width, Math.Max(width, 300));
        Assert.InRange(overlay.Height - height, 20, Math.Max(40, height / 5));
        Assert.Contains(ClassList.Voc[0].Color, ColorsBelow(overlay, height));
        Assert.NotEmpty(TestPictures.Encode(overlay, ImageFormat.Png));
    }

    [Fact]
    public void Blend_OfALegendThatFitsIntoNoBuffer_SaysSo()
    {
        var (width, height) = (1, 8_000_000);
        var picture = new RgbImage(new byte[3 * height], width, height);

        var error = Assert.Throws<ArgumentException>(() =>
            Legend.Below(picture, new LabelMap(new byte[height], width, height), ClassList.Voc));

        Assert.Contains("does not fit an array", error.Message);
        Assert.Contains("Omit the legend", error.Message);
    }

    [Theory]
    [InlineData(ImageFormat.Png, 1_000_001)]
    [InlineData(ImageFormat.Jpeg, 65_501)]
    [InlineData(ImageFormat.WebP, 16_384)]
    public void Write_OfALongerSideThanTheFormatHas_IsRefusedBeforeAnythingIsWritten(ImageFormat format, int side)
    {
        foreach (var (width, height) in new[] { (side, 1), (1, side) })
        {
            using var stream = new MemoryStream();

            var error = Assert.Throws<ArgumentException>(() => TestPictures.Flat(width, height, default).Write(stream, format));

            Assert.Contains($"at most {side - 1} pixels per side", error.Message);
            Assert.Equal(0, stream.Length);
        }

        Assert.NotEmpty(TestPictures.Encode(TestPictures.Flat(1, side - 1, default), format));
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(1_000_000, 1)]
    public void PicturesAndLabels_OfAMillionPixelsInALine_ComeBackFromTheirFiles(int width, int height)
    {
        var picture = TestPictures.Gradient(width, height);
        var labels = new LabelMap(Enumerable.Range(0, width * height).Select(i => (byte)(i / 999)).ToArray(), width, height);
        using var file = new MemoryStream();
        labels.Write(file, Palette.Voc);
        file.Position = 0;

        Assert.Equal(labels.Labels.ToArray(), LabelMap.Load(file).Labels.ToArray());
        using var png = new MemoryStream(TestPictures.Encode(picture, ImageFormat.Png));
        Assert.Equal(picture.Pixels.ToArray(), RgbImage.Load(png).Pixels.ToArray());
        Assert.Equal(1_000_000, labels.FindRegions().Sum(region => region.PixelCount) + labels.CountPixels()[LabelMap.IgnoreId]);
    }

    private static HashSet<RgbColor> ColorsBelow(RgbImage image, int top)
    {
        var colors = new HashSet<RgbColor>();
        for (var y = top; y < image.Height; y++)
        {
            for (var x = 0; x < Math.Min(image.Width, 300); x++)
            {
                colors.Add(image[x, y]);
            }
        }

        return colors;
    }
}

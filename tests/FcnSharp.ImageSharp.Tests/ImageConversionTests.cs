using FcnSharp.ImageSharp;
using FcnSharp.Imaging;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FcnSharp.ImageSharpTests;

public class ImageConversionTests
{
    [Fact]
    public void ToRgbImage_OfRgb_KeepsEveryPixel()
    {
        using var image = new Image<Rgb24>(3, 2);
        image[2, 1] = new Rgb24(10, 20, 30);
        image[0, 1] = new Rgb24(1, 2, 3);

        var picture = image.ToRgbImage();

        Assert.Equal((3, 2), (picture.Width, picture.Height));
        Assert.Equal(new RgbColor(10, 20, 30), picture[2, 1]);
        Assert.Equal(new RgbColor(1, 2, 3), picture[0, 1]);
        Assert.Equal(new RgbColor(0, 0, 0), picture[0, 0]);
    }

    [Fact]
    public void ToRgbImage_OfRgba_ShowsWhiteWhereItIsTransparent()
    {
        using var image = new Image<Rgba32>(2, 1);
        image[0, 0] = new Rgba32(200, 100, 0, 255);
        image[1, 0] = new Rgba32(200, 100, 0, 0);

        var picture = image.ToRgbImage();

        Assert.Equal(new RgbColor(200, 100, 0), picture[0, 0]);
        Assert.Equal(new RgbColor(255, 255, 255), picture[1, 0]);
    }

    [Fact]
    public void ToRgbImage_OfGray_HasThreeEqualChannels()
    {
        using var image = new Image<L8>(2, 1);
        image[1, 0] = new L8(77);

        Assert.Equal(new RgbColor(77, 77, 77), image.ToRgbImage()[1, 0]);
    }

    [Fact]
    public void ToRgbImage_OfAnotherPixelFormat_IsConverted()
    {
        using var image = new Image<Bgr24>(2, 1);
        image[1, 0] = new Bgr24(1, 2, 3);

        Assert.Equal(new RgbColor(1, 2, 3), image.ToRgbImage()[1, 0]);
    }

    [Fact]
    public void ToRgbImage_IsACopy()
    {
        using var image = new Image<Rgb24>(1, 1);
        var picture = image.ToRgbImage();

        image[0, 0] = new Rgb24(9, 9, 9);

        Assert.Equal(new RgbColor(0, 0, 0), picture[0, 0]);
    }

    [Fact]
    public void ToImage_OfAPicture_ComesBackTheSame()
    {
        var picture = new RgbImage(new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 }, 3, 2);

        using var image = picture.ToImage();

        Assert.Equal((3, 2), (image.Width, image.Height));
        Assert.Equal(new Rgb24(10, 11, 12), image[0, 1]);
        Assert.Equal(picture.Pixels.ToArray(), image.ToRgbImage().Pixels.ToArray());
    }

    [Fact]
    public void ToImage_OfAMap_HasItsValues()
    {
        using var image = new GrayImage(new byte[] { 0, 128, 255, 7 }, 2, 2).ToImage();

        Assert.Equal(new L8(128), image[1, 0]);
        Assert.Equal(new L8(255), image[0, 1]);
    }

    [Fact]
    public void ToImage_OfLabels_HasTheClassIds()
    {
        using var image = new LabelMap(new byte[] { 0, 1, 2, 10 }, 2, 2).ToImage();

        Assert.Equal(new L8(2), image[0, 1]);
        Assert.Equal(new L8(10), image[1, 1]);
    }
}

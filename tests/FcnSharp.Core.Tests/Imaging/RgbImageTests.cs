using CsCheck;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class RgbImageTests
{
    [Fact]
    public void Constructor_WithTheWrongLength_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => new RgbImage(new byte[16], 2, 2));

        Assert.Contains("2x2 RGB picture takes 12 bytes, but the buffer has 16", error.Message);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, -1)]
    public void Constructor_WithoutPixels_IsRefused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RgbImage(Array.Empty<byte>(), width, height));

    [Fact]
    public void Constructor_WithASizeBeyondInt_DoesNotOverflow() =>
        Assert.Throws<ArgumentException>(() => new RgbImage(Array.Empty<byte>(), 65536, 65536));

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(2, 0)]
    [InlineData(0, 3)]
    public void Indexer_OutsideThePicture_IsRefused(int x, int y) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestPictures.Gradient(2, 3)[x, y]);

    [Fact]
    public void FromBgr_WithPaddedRows_ReordersAndDropsThePadding()
    {
        byte[] pixels = [3, 2, 1, 6, 5, 4, 99, 99, 9, 8, 7, 12, 11, 10, 99, 99];

        var image = RgbImage.FromBgr(pixels, 2, 2, stride: 8);

        Assert.Equal(Enumerable.Range(1, 12).Select(i => (byte)i), image.Pixels.ToArray());
    }

    [Fact]
    public void FromBgr_LastRowWithoutPadding_IsAccepted() =>
        Assert.Equal(new RgbColor(9, 8, 7), RgbImage.FromBgr([3, 2, 1, 0, 7, 8, 9], 1, 2, stride: 4)[0, 1]);

    [Fact]
    public void FromGray_FillsAllChannels() =>
        Assert.Equal([7, 7, 7, 200, 200, 200], RgbImage.FromGray([7, 200], 2, 1).Pixels.ToArray());

    [Fact]
    public void FromRgbaAndBgra_LayTransparencyOnWhite() => Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, Gen.Byte).Sample((r, g, b, a) =>
    {
        byte Expected(byte channel) => (byte)Math.Round(((channel * a) + (255.0 * (255 - a))) / 255);

        var expected = new RgbColor(Expected(r), Expected(g), Expected(b));

        Assert.Equal(expected, RgbImage.FromRgba([r, g, b, a], 1, 1)[0, 0]);
        Assert.Equal(expected, RgbImage.FromBgra([b, g, r, a], 1, 1)[0, 0]);
    });

    [Theory]
    [InlineData(12, 5)]
    [InlineData(11, 0)]
    [InlineData(13, 0)]
    [InlineData(20, 8)]
    [InlineData(12, -6)]
    public void FromBgr_WithABufferThatDoesNotFit_IsRefused(int length, int stride) =>
        Assert.Throws<ArgumentException>(() => RgbImage.FromBgr(new byte[length], 2, 2, stride));

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.PNG")]
    public void SaveThenLoad_Png_KeepsEveryPixelAndLeavesOneFile(string name)
    {
        using var folder = new TempFolder();
        var image = TestPictures.Gradient(37, 19);

        image.Save(folder[name]);

        Assert.Equal(image.Pixels.ToArray(), RgbImage.Load(folder[name]).Pixels.ToArray());
        Assert.Equal([name], folder.FileNames());
    }

    [Theory]
    [InlineData("a.jpg", 95)]
    [InlineData("a.jpeg", 100)]
    [InlineData("a.webp", 95)]
    public void SaveThenLoad_LossyFormats_StayClose(string name, int quality)
    {
        using var folder = new TempFolder();
        var image = TestPictures.Flat(32, 16, new RgbColor(200, 100, 50));

        image.Save(folder[name], quality);
        var loaded = RgbImage.Load(folder[name]);

        Assert.Equal((32, 16), (loaded.Width, loaded.Height));
        Assert.All(loaded.Pixels.ToArray().Zip(image.Pixels.ToArray()), pair => Assert.InRange(pair.First - pair.Second, -4, 4));
    }

    [Fact]
    public void Write_WebPAtQuality100_IsLossless()
    {
        var image = TestPictures.Gradient(20, 20);

        using var file = new MemoryStream(TestPictures.Encode(image, ImageFormat.WebP, 100));

        Assert.Equal(image.Pixels.ToArray(), RgbImage.Load(file).Pixels.ToArray());
    }

    [Fact]
    public void Save_WithALowerQuality_IsSmaller()
    {
        var image = TestPictures.Gradient(64, 64);

        Assert.True(TestPictures.Encode(image, ImageFormat.Jpeg, 10).Length < TestPictures.Encode(image, ImageFormat.Jpeg, 95).Length);
    }

    [Theory]
    [InlineData("a.bmp")]
    [InlineData("a")]
    public void Save_WithAnotherEnding_ListsTheKnownOnes(string name)
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<ArgumentException>(() => TestPictures.Gradient(2, 2).Save(folder[name]));

        Assert.Contains(".png, .jpg, .jpeg or .webp", error.Message);
        Assert.Empty(folder.FileNames());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Save_WithAQualityOutOfRange_IsRefusedBeforeWriting(int quality)
    {
        using var folder = new TempFolder();

        Assert.Throws<ArgumentOutOfRangeException>(() => TestPictures.Gradient(2, 2).Save(folder["a.jpg"], quality));

        Assert.Empty(folder.FileNames());
    }

    [Theory]
    [InlineData(16_384, ImageFormat.WebP)]
    [InlineData(65_536, ImageFormat.Jpeg)]
    public void Write_LargerThanTheFormat_SaysWhatToDo(int width, ImageFormat format)
    {
        var error = Assert.Throws<ArgumentException>(() => TestPictures.Encode(TestPictures.Flat(width, 1, default), format));

        Assert.Contains("Write a PNG", error.Message);
    }

    [Fact]
    public void Write_ToAStreamThatFails_PassesTheExceptionOn()
    {
        using var full = new MemoryStream(new byte[10], writable: true);

        Assert.Throws<NotSupportedException>(() => TestPictures.Gradient(20, 20).Write(full, ImageFormat.Png));
    }

    [Fact]
    public void Mirror_SwapsLeftAndRight()
    {
        var picture = new RgbImage(new byte[] { 1, 2, 3, 4, 5, 6, /**/ 7, 8, 9, 10, 11, 12 }, 2, 2);

        Assert.Equal([4, 5, 6, 1, 2, 3, /**/ 10, 11, 12, 7, 8, 9], picture.Mirror().Pixels.ToArray());
        Assert.Equal(picture.Pixels.ToArray(), picture.Mirror().Mirror().Pixels.ToArray());
    }
}

using System.Text;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class ImageDecoderTests
{
    [Theory]
    [InlineData("II*\0........", "TIFF", ".tiff")]
    [InlineData("MM\0*........", "TIFF", ".tiff")]
    [InlineData("\0\0\0\u0018ftypheic....", "HEIC", ".heic")]
    [InlineData("\0\0\0\u0018ftypmif1....", "HEIC", ".heic")]
    [InlineData("\0\0\0\u0020ftypavif....", "AVIF", ".avif")]
    [InlineData("\0\0\0\fJXL \r\n\u0087\n", "JPEG XL", ".jxl")]
    [InlineData("\u00ff\n..........", "JPEG XL", ".jxl")]
    [InlineData("\0\0\0\fjP  \r\n\u0087\n", "JPEG 2000", ".jp2")]
    public void Load_AFormatThatIsNotRead_NamesItAndSaysHowToConvertIt(string start, string format, string ending)
    {
        var fault = Assert.Throws<ImageFileException>(() => RgbImage.Load(Encoding.Latin1.GetBytes(start), name: "a.jpg"));

        Assert.Equal(
            $"a.jpg: is a picture in the format {format}, which is not supported. Convert it first, for example with ImageMagick: " +
            $"magick photo{ending} photo.jpg",
            fault.Message);
    }

    [Theory]
    [InlineData("\0\0\0\u0018ftypmp42....")]
    [InlineData("\0\0\0\u0018ftyp")]
    [InlineData("plain text")]
    public void Load_WhatIsNoPicture_SaysSo(string start)
    {
        var fault = Assert.Throws<ImageFileException>(() => RgbImage.Load(Encoding.Latin1.GetBytes(start), name: "a.jpg"));

        Assert.StartsWith("a.jpg: is not a picture that can be read.", fault.Message);
    }

    public static TheoryData<string> Formats =>
        ["png", "interlaced png", "jpeg", "progressive jpeg", "webp", "lossless webp", "bmp", "gif"];

    [Theory]
    [InlineData(nameof(PngColor.Gray), 1)]
    [InlineData(nameof(PngColor.Gray), 2)]
    [InlineData(nameof(PngColor.Gray), 4)]
    [InlineData(nameof(PngColor.Gray), 8)]
    [InlineData(nameof(PngColor.Gray), 16)]
    [InlineData(nameof(PngColor.Rgb), 8)]
    [InlineData(nameof(PngColor.Rgb), 16)]
    [InlineData(nameof(PngColor.GrayAlpha), 8)]
    [InlineData(nameof(PngColor.GrayAlpha), 16)]
    [InlineData(nameof(PngColor.Rgba), 8)]
    [InlineData(nameof(PngColor.Rgba), 16)]
    public void Load_EveryPngColorType_GivesTheStoredValuesOnWhite(string color, int bits)
    {
        // 16-bit samples are chosen so that scaling and cutting to 8 bits agree.
        byte Value(int x, int y, int channel) => (byte)(((x * 31) + (y * 17) + (channel * 59)) & ((1 << Math.Min(bits, 8)) - 1));
        foreach (var interlaced in new[] { false, true })
        {
            var png = new TestPng(11, 9, bits, Enum.Parse<PngColor>(color))
            {
                Interlaced = interlaced,
                Filter = 4,
                Sample = (x, y, channel) => bits == 16 ? Value(x, y, channel) * 257 : Value(x, y, channel),
            };

            var image = Load(png.ToBytes());

            for (var y = 0; y < 9; y++)
            {
                for (var x = 0; x < 11; x++)
                {
                    byte Shown(int channel) => (byte)(Value(x, y, channel) * 255 / ((1 << Math.Min(bits, 8)) - 1));
                    byte[] pixel = png.Channels switch
                    {
                        1 => [Shown(0), Shown(0), Shown(0), 255],
                        2 => [Shown(0), Shown(0), Shown(0), Shown(1)],
                        3 => [Shown(0), Shown(1), Shown(2), 255],
                        _ => [Shown(0), Shown(1), Shown(2), Shown(3)],
                    };
                    Assert.Equal(RgbImage.FromRgba(pixel, 1, 1)[0, 0], image[x, y]);
                }
            }
        }
    }

    [Fact]
    public void Load_IndexedPng_ShowsItsColors()
    {
        var png = new TestPng(5, 3, 2, PngColor.Indexed)
        {
            Palette = [1, 2, 3, 40, 50, 60, 70, 80, 90, 255, 0, 128],
            Sample = (x, y, _) => (x + y) % 4,
        };

        var image = Load(png.ToBytes());

        Assert.Equal(new RgbColor(1, 2, 3), image[0, 0]);
        Assert.Equal(new RgbColor(40, 50, 60), image[1, 0]);
        Assert.Equal(new RgbColor(255, 0, 128), image[1, 2]);
    }

    [Fact]
    public void Load_Bmp_GivesTheStoredPixels()
    {
        var image = TestPictures.Gradient(13, 7);

        Assert.Equal(image.Pixels.ToArray(), Load(TestPictures.Bmp(image)).Pixels.ToArray());
    }

    [Fact]
    public void Load_AnimatedGif_GivesTheFirstFrame()
    {
        var image = Load(TestPictures.Gif(30, 20, new RgbColor(10, 200, 30), new RgbColor(250, 0, 0)));

        Assert.Equal(TestPictures.Flat(30, 20, new RgbColor(10, 200, 30)).Pixels.ToArray(), image.Pixels.ToArray());
    }

    [Fact]
    public void Load_CmykJpeg_MixesTheInks()
    {
        // Half of an ink over half of black leaves a quarter of the light.
        Assert.All(Load(TestPictures.CmykJpeg()).Pixels.ToArray(), value => Assert.InRange(value, 63, 65));
    }

    [Fact]
    public void Load_OfAJpegWithSomethingBehindItsEnd_IsReadAsItIs()
    {
        var file = FileOf("jpeg");

        Assert.Equal(Load(file).Pixels.ToArray(), Load([.. file, .. "camera makers put things here"u8]).Pixels.ToArray());
    }

    [Fact]
    public void Load_OfAProgressiveJpegThatLacksAScan_IsRefused() =>
        AssertRefused(TestPictures.ProgressiveJpeg()[..^13], "ends before the picture is complete");

    // Where the stored quarters A B / C D are seen, from the EXIF specification's "0th row is ..., 0th column is ...".
    [Theory]
    [InlineData(1, "AB/CD")]
    [InlineData(2, "BA/DC")]
    [InlineData(3, "DC/BA")]
    [InlineData(4, "CD/AB")]
    [InlineData(5, "AC/BD")]
    [InlineData(6, "CA/DB")]
    [InlineData(7, "DB/CA")]
    [InlineData(8, "BD/AC")]
    public void Load_JpegWithOrientation_TurnsItUpright(byte orientation, string quarters)
    {
        RgbColor[] colors = [new(220, 30, 30), new(30, 220, 30), new(30, 30, 220), new(220, 220, 30)];
        var pixels = new byte[3 * 64 * 32];
        for (var i = 0; i < 64 * 32; i++)
        {
            var color = colors[(i % 64 / 32) + (i / 64 / 16 * 2)];
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = (color.R, color.G, color.B);
        }

        var jpeg = TestPictures.Encode(new RgbImage(pixels, 64, 32), ImageFormat.Jpeg, 100);

        var image = Load(TestPictures.WithOrientation(jpeg, orientation));

        var (right, bottom) = (image.Width - 1, image.Height - 1);
        Assert.Equal(orientation >= 5 ? (32, 64) : (64, 32), (image.Width, image.Height));
        Assert.Equal(
            quarters, $"{Quarter(image[0, 0])}{Quarter(image[right, 0])}/{Quarter(image[0, bottom])}{Quarter(image[right, bottom])}");

        char Quarter(RgbColor seen) => "ABCD"[Enumerable.Range(0, 4).MinBy(i =>
            Math.Abs(colors[i].R - seen.R) + Math.Abs(colors[i].G - seen.G) + Math.Abs(colors[i].B - seen.B))];
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Load_FromAOneWayStream_IsTheSameAsFromAFile(string format)
    {
        using var folder = new TempFolder();
        var file = FileOf(format);
        File.WriteAllBytes(folder["picture"], file);
        using var stream = new OneWayStream(file);

        Assert.Equal(RgbImage.Load(folder["picture"]).Pixels.ToArray(), RgbImage.Load(stream).Pixels.ToArray());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Load_TruncatedAnywhere_GivesTheExactPictureOrATypedError(string format)
    {
        var file = FileOf(format);
        var whole = Load(file).Pixels.ToArray();
        var refused = 0;
        for (var length = 0; length < file.Length; length++)
        {
            try
            {
                Assert.Equal(whole, Load(file[..length]).Pixels.ToArray());
            }
            catch (ImageFileException error)
            {
                Assert.StartsWith("the picture stream: ", error.Message);
                refused++;
            }
        }

        Assert.True(refused > file.Length / 4);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Load_WithFlippedBytes_GivesSomePictureOrATypedError(string format)
    {
        var file = FileOf(format);
        var random = new Random(5);
        for (var round = 0; round < 400; round++)
        {
            var damaged = file.ToArray();
            for (var flips = 0; flips < 1 + (round % 4); flips++)
            {
                damaged[random.Next(Math.Min(damaged.Length, round % 2 == 0 ? 64 : int.MaxValue))] = (byte)random.Next(256);
            }

            try
            {
                using var stream = new MemoryStream(damaged);
                Assert.True(RgbImage.Load(stream, new DecodeOptions { MaxPixels = 1_000_000 }).Width >= 1);
            }
            catch (ImageFileException error)
            {
                Assert.NotEmpty(error.Reason);
            }
        }
    }

    [Fact]
    public void Load_OfAnEmptyFile_SaysSo() => AssertRefused([], "is empty");

    [Fact]
    public void Load_OfTextCalledJpg_SaysSo() => AssertRefused("Not found. Sign in first."u8.ToArray(), "is not a picture");

    [Fact]
    public void Load_OfAHeaderThatClaimsTooMuch_IsRefusedWithoutMemory()
    {
        var file = TestPng.HeaderOnly(60_000, 60_000);
        AssertRefused(file, "60000x60000"); // warm

        var bytes = Allocated.By(() => AssertRefused(file, "MaxPixels"));

        Assert.True(bytes <= Allocated.ForAHeader, $"{bytes} bytes");
    }

    [Theory]
    [InlineData("bmp", 18, 32)]
    [InlineData("gif", 6, 16)]
    [InlineData("jpeg", -1, 16)]
    public void Load_OfAnyHeaderThatClaimsTooMuch_IsRefusedWithoutMemory(string format, int sizeAt, int bits)
    {
        var file = FileOf(format);
        var at = sizeAt >= 0 ? sizeAt : file.AsSpan().IndexOf(new byte[] { 0xFF, 0xC0 }) + 5;
        for (var side = at; side <= at + (bits / 8); side += bits / 8)
        {
            (file[side], file[side + 1]) = (0x60, 0xEA);
        }

        Assert.Throws<ImageFileException>(() => Load(file)); // warm

        var bytes = Allocated.By(() => AssertRefused(file, "MaxPixels"));

        Assert.True(bytes <= Allocated.ForAHeader, $"{bytes} bytes");
    }

    [Fact]
    public void Load_OfMoreThanTheLimit_IsRefusedAndAtTheLimitRead()
    {
        var file = TestPictures.Encode(TestPictures.Gradient(20, 10), ImageFormat.Png);
        using var first = new MemoryStream(file);
        using var second = new MemoryStream(file);

        Assert.True(Assert.Throws<ImageFileException>(() => RgbImage.Load(first, new DecodeOptions { MaxPixels = 199 })).ExceedsMaxPixels);
        Assert.Equal(20, RgbImage.Load(second, new DecodeOptions { MaxPixels = 200 }).Width);
    }

    [Fact]
    public void Load_OfABrokenPicture_DoesNotBlameItsSize() =>
        Assert.False(
            AssertRefused(TestPictures.Encode(TestPictures.Gradient(20, 10), ImageFormat.Png)[..60], "ends before").ExceedsMaxPixels);

    [Fact]
    public void Load_OfAFolderOrNothing_NamesIt()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<ImageFileException>(() => RgbImage.Load(folder.Path));

        Assert.Contains("is a folder", error.Reason);
        Assert.Equal(folder.Path, error.Path);
        Assert.Throws<FileNotFoundException>(() => RgbImage.Load(folder["missing.png"]));
    }

    [Fact]
    public void Load_WithANameForTheStream_UsesItInTheMessage()
    {
        using var stream = new MemoryStream([1, 2, 3]);

        Assert.StartsWith("upload 7: ", Assert.Throws<ImageFileException>(() => RgbImage.Load(stream, name: "upload 7")).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500_000_001)]
    public void DecodeOptions_WithALimitOutOfRange_IsRefused(long pixels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DecodeOptions { MaxPixels = pixels });

    private static RgbImage Load(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return RgbImage.Load(stream);
    }

    private static byte[] FileOf(string format) => format switch
    {
        "png" => TestPictures.Encode(TestPictures.Gradient(24, 16), ImageFormat.Png),
        "interlaced png" => new TestPng(24, 16, 8, PngColor.Rgba) { Interlaced = true, Sample = (x, y, c) => (x * 9) + (y * c) }.ToBytes(),
        "progressive jpeg" => TestPictures.ProgressiveJpeg(),
        "jpeg" => TestPictures.Encode(TestPictures.Gradient(24, 16), ImageFormat.Jpeg),
        "webp" => TestPictures.Encode(TestPictures.Gradient(24, 16), ImageFormat.WebP),
        "lossless webp" => TestPictures.Encode(TestPictures.Gradient(24, 16), ImageFormat.WebP, 100),
        "bmp" => TestPictures.Bmp(TestPictures.Gradient(24, 16)),
        _ => TestPictures.Gif(24, 16, new RgbColor(10, 200, 30), new RgbColor(250, 0, 0)),
    };

    private static ImageFileException AssertRefused(byte[] file, string reason)
    {
        var error = Assert.Throws<ImageFileException>(() => Load(file));
        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }
}

using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class PngReaderTests
{
    public static TheoryData<string, int, bool, int> Kinds()
    {
        var kinds = new TheoryData<string, int, bool, int>();
        foreach (var color in new[] { nameof(PngColor.Gray), nameof(PngColor.Indexed) })
        {
            foreach (var bits in new[] { 1, 2, 4, 8 })
            {
                for (var filter = 0; filter <= 4; filter++)
                {
                    kinds.Add(color, bits, false, filter);
                    kinds.Add(color, bits, true, filter);
                }
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_OfEveryKindOfLabelPng_GivesTheRawIds(string color, int bits, bool interlaced, int filter)
    {
        foreach (var (width, height) in new[] { (1, 1), (3, 2), (5, 9), (17, 13), (64, 3) })
        {
            var png = Png(width, height, bits, color) with { Interlaced = interlaced, Filter = filter };

            var labels = Load(png.ToBytes());

            Assert.Equal((width, height), (labels.Width, labels.Height));
            Assert.Equal(
                Enumerable.Range(0, width * height).Select(i => (byte)png.Sample(i % width, i / width, 0)), labels.Labels.ToArray());
        }
    }

    [Theory]
    [InlineData(nameof(PngColor.Rgb), 8)]
    [InlineData(nameof(PngColor.Rgba), 8)]
    [InlineData(nameof(PngColor.GrayAlpha), 8)]
    [InlineData(nameof(PngColor.Rgb), 16)]
    public void Load_OfAColorPng_SaysThatTheIdsAreGone(string color, int bits)
    {
        var error = Refused(Png(4, 4, bits, color).ToBytes());

        Assert.Contains("saved as a colour picture", error.Reason);
        Assert.Contains("indexed or grey 8-bit PNG", error.Remedy);
    }

    [Fact]
    public void Load_Of16BitGrey_SaysWhatToDo() =>
        Assert.Contains("16 bits", Refused(Png(4, 4, 16, nameof(PngColor.Gray)).ToBytes()).Reason);

    [Fact]
    public void Load_OfAJpeg_SaysThatItIsNoPng() =>
        Assert.Contains("not a PNG", Refused(TestPictures.Encode(TestPictures.Gradient(8, 8), ImageFormat.Jpeg)).Reason);

    [Fact]
    public void Load_OfAnEmptyFileAFolderOrNothing_NamesIt()
    {
        using var folder = new TempFolder();
        File.WriteAllBytes(folder["empty.png"], []);

        Assert.StartsWith($"{folder["empty.png"]}: is empty",
            Assert.Throws<ImageFileException>(() => LabelMap.Load(folder["empty.png"])).Message);
        Assert.Contains("is a folder", Assert.Throws<ImageFileException>(() => LabelMap.Load(folder.Path)).Reason);
        Assert.Throws<FileNotFoundException>(() => LabelMap.Load(folder["missing.png"]));
    }

    [Fact]
    public void Load_TruncatedAnywhere_IsRefused()
    {
        var file = Png(20, 10, 4, nameof(PngColor.Indexed)).ToBytes();

        for (var length = 0; length < file.Length; length++)
        {
            Refused(file[..length]);
        }
    }

    [Fact]
    public void Load_WithAnyByteChanged_IsRefusedByItsChecksums()
    {
        var file = Png(20, 10, 8, nameof(PngColor.Indexed)).ToBytes();

        for (var at = 0; at < file.Length; at++)
        {
            var damaged = file.ToArray();
            damaged[at] ^= 0x21;
            Refused(damaged);
        }
    }

    [Fact]
    public void Load_WithDamagedChunksUnderRightChecksums_GivesTheRightSizeOrATypedError()
    {
        var random = new Random(11);
        for (var round = 0; round < 3000; round++)
        {
            var chunks = Chunks(Png(20, 10, 1 << (round % 4), nameof(PngColor.Indexed)) with { Interlaced = round % 3 == 0 });
            var (type, data) = chunks[random.Next(chunks.Count)];
            if (data.Length > 0)
            {
                data[random.Next(data.Length)] = (byte)random.Next(256);
            }
            else
            {
                type[random.Next(4)] = (byte)random.Next(256);
            }

            try
            {
                using var stream = new MemoryStream(Join(chunks));
                var labels = LabelMap.Load(stream, new DecodeOptions { MaxPixels = 1_000_000 });
                Assert.Equal(labels.Width * labels.Height, labels.Labels.Length);
            }
            catch (ImageFileException error)
            {
                Assert.NotEmpty(error.Reason);
            }
        }
    }

    [Theory]
    [InlineData(60_000, 60_000, "the limit is 200000000")]
    [InlineData(14_000, 14_000, "too little data")]
    [InlineData(0, 5, "header is not valid")]
    [InlineData(-5, 5, "header is not valid")]
    [InlineData(int.MaxValue, int.MaxValue, "the limit is")]
    public void Load_OfAHeaderThatClaimsTooMuch_IsRefusedWithoutMemory(int width, int height, string reason)
    {
        var file = TestPng.HeaderOnly(width, height, PngColor.Indexed);
        Refused(file); // warm

        var bytes = Allocated.By(() => Assert.Contains(reason, Refused(file).Reason));

        Assert.True(bytes <= Allocated.ForAHeader, $"{bytes} bytes");
    }

    [Theory]
    [InlineData(9, "more data")]
    [InlineData(11, "incomplete pixel data")]
    public void Load_WithAnotherHeightThanItsData_IsRefused(int height, string reason)
    {
        var chunks = Chunks(Png(20, 10, 8, nameof(PngColor.Gray)));
        chunks[0].Data[7] = (byte)height;

        Assert.Contains(reason, Refused(Join(chunks)).Reason);
    }

    private static TestPng Png(int width, int height, int bits, string color) => new(width, height, bits, Enum.Parse<PngColor>(color))
    {
        Palette = color == nameof(PngColor.Indexed) ? new byte[3 * (1 << bits)] : [],
        Sample = (x, y, c) => ((x * 37) + (y * 91) + c) & ((1 << bits) - 1),
    };

    private static LabelMap Load(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return LabelMap.Load(stream);
    }

    private static ImageFileException Refused(byte[] file) => Assert.Throws<ImageFileException>(() => Load(file));

    private static List<(byte[] Type, byte[] Data)> Chunks(TestPng png)
    {
        var file = png.ToBytes();
        var chunks = new List<(byte[] Type, byte[] Data)>();
        for (var at = 8; at < file.Length;)
        {
            var length = (file[at + 2] << 8) | file[at + 3];
            chunks.Add((file[(at + 4)..(at + 8)], file[(at + 8)..(at + 8 + length)]));
            at += length + 12;
        }

        return chunks;
    }

    private static byte[] Join(List<(byte[] Type, byte[] Data)> chunks)
    {
        using var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        foreach (var (type, data) in chunks)
        {
            PngWriter.WriteChunk(file, type, data);
        }

        return file.ToArray();
    }
}

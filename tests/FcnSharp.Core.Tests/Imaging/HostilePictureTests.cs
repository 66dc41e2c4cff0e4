using System.Buffers.Binary;
using System.IO.Compression;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

/// <summary>Small files that demand much memory or time: refused, or read within the bounds of <see cref="Allocated"/>.</summary>
public class HostilePictureTests
{
    private static readonly DecodeOptions Options = new() { MaxPixels = 4_000_000 };

    public static TheoryData<string> Bombs =>
    [
        "png of zeros", "png of few bits", "interlaced png", "png text", "png profile", "png chunks", "gif frames", "gif canvas",
        "jpeg segments", "bmp palette", "webp animation",
    ];

    [Theory]
    [MemberData(nameof(Bombs))]
    public void Load_OfABomb_StaysWithinItsBounds(string bomb)
    {
        var file = Make(bomb);

        var (picture, labels) = (Allocated.By(() => TryLoad(() => RgbImage.Load(new MemoryStream(file), Options))),
            Allocated.By(() => TryLoad(() => LabelMap.Load(new MemoryStream(file), Options))));

        var bound = Allocated.Bound(file.Length, Options.MaxPixels);
        Assert.True(picture <= bound, $"{picture} bytes for {file.Length}");
        Assert.True(labels <= bound, $"{labels} bytes for {file.Length}");
    }

    /// <summary>Each scan visits the whole picture; Skia ends at the hundredth.</summary>
    [Theory]
    [InlineData(99, true)]
    [InlineData(100, false)]
    [InlineData(880, false)]
    public void Load_OfAJpegOfManyScans_IsRefusedAboveALimit(int scans, bool isRead)
    {
        var file = JpegOfScans(scans);

        if (isRead)
        {
            Assert.Equal(16, Load(file).Width);
            return;
        }

        Assert.Contains("damaged", Assert.Throws<ImageFileException>(() => Load(file)).Reason);
    }

    /// <summary>Skia would read the last three.</summary>
    [Theory]
    [InlineData("RIFF\0\0\0\0WAVEfmt ")]
    [InlineData("\0\0\u0001\0\u0001\0\u0001\u0001\0\0\u0001\0\u0018\0\u0030\0\0\0\u0016\0\0\0")]
    [InlineData("\0\0\u0001\u0001\0")]
    [InlineData("II*\0\b\0\0\0\0\0")]
    public void Load_OfAnotherFormat_IsRefused(string file) =>
        Assert.Throws<ImageFileException>(() => Load([.. file.Select(letter => (byte)letter)]));

    [Fact]
    public void Load_OfAMaskThatAsksForADictionary_IsATypedError()
    {
        using var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        WriteHeader(file, 4, 4, 8, PngColor.Gray);
        PngWriter.WriteChunk(file, "IDAT"u8, [0x78, 0x20, 0, 0, 0, 1, 3, 0, 0, 0, 0, 1]);
        PngWriter.WriteChunk(file, "IEND"u8, []);

        Assert.Contains(
            "damaged or incomplete pixel data",
            Assert.Throws<ImageFileException>(() => LabelMap.Load(new MemoryStream(file.ToArray()))).Reason);
    }

    [Fact]
    public void Load_OfAMaskWithAnyTwoBytesOfCompression_GivesIdsOrATypedError()
    {
        for (var head = 0; head <= ushort.MaxValue; head += 7)
        {
            using var file = new MemoryStream();
            file.Write(PngWriter.Signature);
            WriteHeader(file, 1, 1, 8, PngColor.Gray);
            PngWriter.WriteChunk(file, "IDAT"u8, [(byte)(head >> 8), (byte)head, 3, 0, 0, 0, 0, 1]);
            PngWriter.WriteChunk(file, "IEND"u8, []);

            TryLoad(() => LabelMap.Load(new MemoryStream(file.ToArray())));
        }
    }

    [Fact]
    public void Load_OfAMaskWithAnUnknownChunk_ShowsNoControlCharacters()
    {
        using var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        WriteHeader(file, 1, 1, 8, PngColor.Gray);
        PngWriter.WriteChunk(file, [(byte)'A', 0x1B, 0x0A, 0x07], []);

        var error = Assert.Throws<ImageFileException>(() => LabelMap.Load(new MemoryStream(file.ToArray())));

        Assert.Contains("unknown chunk \"A???\"", error.Reason);
        Assert.DoesNotContain(error.Message, char.IsControl);
    }

    private static RgbImage Load(byte[] file) => RgbImage.Load(new MemoryStream(file));

    private static void TryLoad(Func<object> load)
    {
        try
        {
            Assert.NotNull(load());
        }
        catch (ImageFileException error)
        {
            Assert.True(error.Message.Length <= 400);
            Assert.DoesNotContain(error.Message, char.IsControl);
        }
    }

    private static byte[] Make(string bomb) => bomb switch
    {
        "png of zeros" => Png(2000, 2000, 8, PngColor.Gray, interlaced: false),
        "png of few bits" => Png(2000, 2000, 1, PngColor.Indexed, interlaced: false),
        "interlaced png" => Png(2000, 2000, 8, PngColor.Gray, interlaced: true),
        "png text" => Png(1, 1, 8, PngColor.Gray, interlaced: false, ("zTXt", [.. "a\0\0"u8, .. Zeros(200_000_000)])),
        "png profile" => Png(1, 1, 8, PngColor.Gray, interlaced: false, ("iCCP", [.. "a\0\0"u8, .. Zeros(200_000_000)])),
        "png chunks" => Png(1, 1, 8, PngColor.Gray, interlaced: false, [.. Enumerable.Repeat(("teSt", Array.Empty<byte>()), 100_000)]),
        "gif frames" => GifOfFrames(20_000),
        "gif canvas" => GifOfFrames(1, frameSide: 2000),
        "jpeg segments" => [0xFF, 0xD8, .. Enumerable.Repeat(new byte[] { 0xFF, 0xE1, 0, 2 }, 100_000).SelectMany(segment => segment)],
        "bmp palette" => BmpOfColors(uint.MaxValue),
        _ => WebPAnimation(16_383, 16_383),
    };

    private static byte[] Png(
        int width, int height, int bits, PngColor color, bool interlaced, params (string Type, byte[] Data)[] chunks)
    {
        using var file = new MemoryStream();
        file.Write(PngWriter.Signature);
        WriteHeader(file, width, height, bits, color, interlaced);
        if (color == PngColor.Indexed)
        {
            PngWriter.WriteChunk(file, "PLTE"u8, new byte[6]);
        }

        foreach (var (type, data) in chunks)
        {
            PngWriter.WriteChunk(file, [.. type.Select(letter => (byte)letter)], data);
        }

        // More rows than any interlacing needs; the excess is refused only when it is reached.
        PngWriter.WriteChunk(file, "IDAT"u8, Zeros(((((width * bits) + 7) / 8) + 1) * height));
        PngWriter.WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void WriteHeader(Stream file, int width, int height, int bits, PngColor color, bool interlaced = false)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)bits, (byte)color, (byte)(interlaced ? 1 : 0));
        PngWriter.WriteChunk(file, "IHDR"u8, header);
    }

    /// <summary>Compressed a thousand times.</summary>
    private static byte[] Zeros(int count)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Fastest))
        {
            var zeros = new byte[1 << 20];
            for (var rest = count; rest > 0; rest -= zeros.Length)
            {
                zlib.Write(zeros.AsSpan(0, Math.Min(rest, zeros.Length)));
            }
        }

        return compressed.ToArray();
    }

    /// <summary>A canvas of 1x1 with frames that may be larger.</summary>
    private static byte[] GifOfFrames(int count, int frameSide = 1)
    {
        using var file = new MemoryStream();
        file.Write([.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
        for (var i = 0; i < count; i++)
        {
            file.Write([0x2C, 0, 0, 0, 0, (byte)frameSide, (byte)(frameSide >> 8), (byte)frameSide, (byte)(frameSide >> 8), 0]);
            file.Write([2, 2, 0x44, 1, 0]);
        }

        file.WriteByte(0x3B);
        return file.ToArray();
    }

    private static byte[] JpegOfScans(int scans)
    {
        // Behind two scans of the blocks' greys, one for each bit of each further coefficient: all of them zero.
        const int coefficients = 63;
        byte[] table = [0xFF, 0xC4, 0, 20, 0x10, 1, .. new byte[15], 0];
        var details = Enumerable.Range(0, scans - 2).SelectMany(i =>
        {
            var (bit, place) = (13 - (i / coefficients), (byte)((i % coefficients) + 1));
            var bits = (byte)(bit == 13 ? bit : ((bit + 1) << 4) | bit);
            return new byte[] { 0xFF, 0xDA, 0, 8, 1, 1, 0, place, place, bits, 0x0F };
        });
        return [.. TestPictures.ProgressiveJpeg()[..^2], .. table, .. details, 0xFF, 0xD9];
    }

    private static byte[] BmpOfColors(uint colors)
    {
        var file = TestPictures.Bmp(TestPictures.Gradient(8, 8));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(28), 8);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(46), colors);
        return file;
    }

    private static byte[] WebPAnimation(int width, int height)
    {
        var inner = TestPictures.Encode(TestPictures.Gradient(8, 8), ImageFormat.WebP)[12..];
        byte[] canvas = [2, 0, 0, 0, .. Side(width), .. Side(height)];
        byte[] frame = [0, 0, 0, 0, 0, 0, .. Side(8), .. Side(8), 10, 0, 0, 0, .. inner];
        byte[] body =
        [
            .. "WEBP"u8, .. Chunk("VP8X", canvas), .. Chunk("ANIM", new byte[6]),
            .. Enumerable.Repeat(Chunk("ANMF", frame), 1000).SelectMany(chunk => chunk),
        ];
        return Chunk("RIFF", body);

        static byte[] Side(int side) => [(byte)(side - 1), (byte)((side - 1) >> 8), (byte)((side - 1) >> 16)];

        static byte[] Chunk(string type, byte[] data) =>
        [
            .. type.Select(letter => (byte)letter), .. BitConverter.GetBytes(data.Length), .. data,
            .. new byte[data.Length % 2],
        ];
    }
}

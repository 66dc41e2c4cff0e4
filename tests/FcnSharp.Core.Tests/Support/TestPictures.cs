using System.Buffers.Binary;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Support;

/// <summary>Small pictures, and files of them in the formats this library reads but does not write.</summary>
internal static class TestPictures
{
    /// <summary>A picture whose every pixel differs from its neighbours.</summary>
    public static RgbImage Gradient(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            var (x, y) = (i % width, i / width);
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = ((byte)(x * 9), (byte)(y * 13), (byte)((x * 3) + (y * 5)));
        }

        return new RgbImage(pixels, width, height);
    }

    /// <summary>Pixels drawn from a seed.</summary>
    public static RgbImage Noise(int width, int height, int seed = 1)
    {
        var pixels = new byte[3 * width * height];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(pixels, width, height);
    }

    public static RgbImage Flat(int width, int height, RgbColor color)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < pixels.Length; i += 3)
        {
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (color.R, color.G, color.B);
        }

        return new RgbImage(pixels, width, height);
    }

    public static byte[] Encode(RgbImage image, ImageFormat format, int quality = 90)
    {
        using var stream = new MemoryStream();
        image.Write(stream, format, quality);
        return stream.ToArray();
    }

    /// <summary>A 24-bit bottom-up Windows bitmap.</summary>
    public static byte[] Bmp(RgbImage image)
    {
        var stride = ((3 * image.Width) + 3) / 4 * 4;
        var file = new byte[54 + (stride * image.Height)];
        "BM"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(2), file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(10), 54);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(14), 40);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(18), image.Width);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(22), image.Height);
        (file[26], file[28]) = (1, 24);
        for (var i = 0; i < image.Width * image.Height; i++)
        {
            var at = 54 + (stride * (image.Height - 1 - (i / image.Width))) + (3 * (i % image.Width));
            (file[at + 2], file[at + 1], file[at]) =
                (image.Pixels.Span[3 * i], image.Pixels.Span[(3 * i) + 1], image.Pixels.Span[(3 * i) + 2]);
        }

        return file;
    }

    /// <summary>A GIF of two frames, each of one colour of (<paramref name="first"/>, <paramref name="second"/>), in 9-bit codes without
    /// compression.</summary>
    public static byte[] Gif(int width, int height, RgbColor first, RgbColor second)
    {
        using var file = new MemoryStream();
        file.Write("GIF89a"u8);
        file.Write([(byte)width, 0, (byte)height, 0, 0xF7, 0, 0, first.R, first.G, first.B, second.R, second.G, second.B]);
        file.Write(new byte[254 * 3]);
        foreach (byte index in new byte[] { 0, 1 })
        {
            file.Write([0x21, 0xF9, 4, 0, 10, 0, 0, 0, 0x2C, 0, 0, 0, 0, (byte)width, 0, (byte)height, 0, 0, 8]);
            var codes = GifCodes(width * height, index);
            for (var at = 0; at < codes.Length; at += 255)
            {
                var block = codes.AsSpan(at, Math.Min(255, codes.Length - at));
                file.WriteByte((byte)block.Length);
                file.Write(block);
            }

            file.WriteByte(0);
        }

        file.WriteByte(0x3B);
        return file.ToArray();
    }

    /// <summary>Inserts an EXIF segment with an orientation after a JPEG's start marker.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
    [
        .. jpeg.AsSpan(0, 2),
        0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8,
        .. "MM"u8, 0, 42, 0, 0, 0, 8,
        0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0,
        .. jpeg.AsSpan(2),
    ];

    /// <summary>A grey 16x16 JPEG in two scans: four flat blocks, then the lowest bit of each one's grey.</summary>
    public static byte[] ProgressiveJpeg()
    {
        byte[] quantization = [.. Enumerable.Repeat((byte)16, 64)];
        return
        [
            0xFF, 0xD8,
            0xFF, 0xDB, 0, 67, 0, .. quantization,
            0xFF, 0xC2, 0, 11, 8, 0, 16, 0, 16, 1, 1, 0x11, 0,
            0xFF, 0xC4, 0, 21, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, // codes 00: no change; 01: a 4-bit change

            // First scan, without the lowest bit: +8 (01 1000), 0 (00), +15 (01 1111), -15 (01 0000), filled up with ones.
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0x01,
            0b0110_0000, 0b0111_1101, 0b0000_1111,

            // Second scan: the lowest bits 1, 0, 1, 1.
            0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0x10,
            0b1011_1111,
            0xFF, 0xD9,
        ];
    }

    /// <summary>An 8x8 JPEG of four inks, as print shops send them, with every ink at half.</summary>
    public static byte[] CmykJpeg() =>
    [
        0xFF, 0xD8,
        0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)16, 64),
        0xFF, 0xC0, 0, 20, 8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0,
        0xFF, 0xC4, 0, 20, 0x00, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0xFF, 0xDA, 0, 14, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0,
        0x00,
        0xFF, 0xD9,
    ];

    private static byte[] GifCodes(int pixels, int index)
    {
        const int clear = 256;
        const int end = 257;
        var bits = new List<bool>();
        void Add(int code)
        {
            for (var bit = 0; bit < 9; bit++)
            {
                bits.Add(((code >> bit) & 1) != 0);
            }
        }

        for (var i = 0; i < pixels; i++)
        {
            if (i % 200 == 0)
            {
                Add(clear);
            }

            Add(index);
        }

        Add(end);
        var bytes = new byte[(bits.Count + 7) / 8];
        for (var i = 0; i < bits.Count; i++)
        {
            bytes[i / 8] |= (byte)(bits[i] ? 1 << (i % 8) : 0);
        }

        return bytes;
    }
}

using FcnSharp.Imaging;
using Microsoft.Playwright;

namespace FcnSharp.WebDemoBrowserTests;

/// <summary>Picture files that tests hand to the page.</summary>
internal static class Pictures
{
    private static readonly byte[] TurnedRight =
    [
        .. "Exif\0\0MM\0*\0\0\0\b"u8, // big-endian, the directory follows
        0, 1, // one entry:
        0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, // orientation, a short, 6: turn right to see it upright
        0, 0, 0, 0, // no other directory
    ];

    public static byte[] Leuven { get; } = File.ReadAllBytes(Site.Leuven);

    /// <summary>A file as a visitor chooses it.</summary>
    public static FilePayload Named(string name, byte[] bytes) => new()
    {
        Name = name, Buffer = bytes, MimeType = name.EndsWith(".png", StringComparison.Ordinal) ? "image/png" : "image/jpeg",
    };

    /// <summary>A number of different pictures: 1.png, 2.png, ...</summary>
    public static FilePayload[] Small(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Named($"{i}.png", Encoded(Halves(40 + i, 30), ImageFormat.Png)))];

    /// <summary>The left half is red, the right half blue.</summary>
    public static RgbImage Halves(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        for (var i = 0; i < width * height; i++)
        {
            pixels[(3 * i) + (i % width < width / 2 ? 0 : 2)] = 255;
        }

        return new RgbImage(pixels, width, height);
    }

    public static byte[] Encoded(RgbImage picture, ImageFormat format)
    {
        using var stream = new MemoryStream();
        picture.Write(stream, format);
        return stream.ToArray();
    }

    /// <summary>The same JPEG, which says that it is to be turned right.</summary>
    public static byte[] WithOrientation(byte[] jpeg) => [.. jpeg[..2], .. Segment(0xE1, TurnedRight), .. jpeg[2..]];

    /// <summary>The same JPEG with a number of bytes that decoders ignore.</summary>
    public static byte[] Padded(byte[] jpeg, int bytes)
    {
        var segment = Segment(0xEF, new byte[65533]);
        return [.. jpeg[..2], .. Enumerable.Repeat(segment, bytes / segment.Length).SelectMany(one => one), .. jpeg[2..]];
    }

    private static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
}

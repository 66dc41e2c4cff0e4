using System.Buffers.Binary;
using System.IO.Hashing;
using FcnSharp.Imaging;

namespace FcnSharp.LoadTest;

/// <summary>Good pictures and everything that is not.</summary>
internal static class RequestKinds
{
    private static readonly byte[] Photo = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wwwroot", "leuven.jpg"));

    public static IReadOnlyList<RequestKind> All { get; } =
    [
        new("photo, JSON", 4, Photo, "image/jpeg", "application/json;labels=runs", 200),
        new("photo, overlay", 2, Photo, "image/jpeg", "image/png", 200),
        new("21 MiB", 1, new byte[21 << 20], "image/jpeg", "application/json", 413),
        new("3,600 million pixels", 1, HugePng(), "image/png", "application/json", 413),
        new("half a photo", 1, Photo[..(Photo.Length / 2)], "image/jpeg", "application/json", 422),
        new("text", 1, "dear diary"u8.ToArray(), "text/plain", "application/json", 415),
    ];

    /// <summary>One of them, by its weight.</summary>
    public static RequestKind Choose(Random random)
    {
        var at = random.Next(All.Sum(kind => kind.Weight));
        return All.First(kind => (at -= kind.Weight) < 0);
    }

    /// <summary>A PNG whose header claims 60000x60000 pixels, with its checksum right, and little behind it.</summary>
    private static byte[] HugePng()
    {
        using var stream = new MemoryStream();
        new RgbImage(new byte[3], 1, 1).Write(stream, ImageFormat.Png);
        var png = stream.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), 60_000);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), 60_000);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }
}

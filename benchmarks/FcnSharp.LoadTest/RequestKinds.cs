using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.LoadTest;

/// <summary>All kinds of requests: valid pictures and invalid ones.</summary>
internal static class RequestKinds
{
    private static readonly byte[] Photo = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wwwroot", "leuven.jpg"));

    /// <summary>A photo of the size that phones take.</summary>
    private static readonly byte[] PhonePhoto = Jpeg(RgbImage.Load(new MemoryStream(Photo)).Resize(4000, 3000));

    private static readonly Segmentation Expected = Segment(Photo);

    private static readonly byte[] ExpectedOverlay = Png(Expected.ToOverlay());

    private static readonly byte[] ExpectedColors = Png(Segment(PhonePhoto).ToColorMap());

    public static IReadOnlyList<RequestKind> All { get; } =
    [
        new("photo, JSON", 4, Photo, "image/jpeg", "application/json;labels=runs", 200, HasExpectedLabels),
        new("photo, overlay", 2, Photo, "image/jpeg", "image/png", 200, answer => answer.AsSpan().SequenceEqual(ExpectedOverlay)),
        new("12-megapixel photo, colours", 1, PhonePhoto, "image/jpeg", "image/png;kind=colors", 200,
            answer => answer.AsSpan().SequenceEqual(ExpectedColors)),
        new("21 MiB", 1, new byte[21 << 20], "image/jpeg", "application/json", 413),
        new("3,600 million pixels", 1, PngThatClaims(60_000), "image/png", "application/json", 413),
        new("half a photo", 1, Photo[..(Photo.Length / 2)], "image/jpeg", "application/json", 422),
        new("text", 1, "dear diary"u8.ToArray(), "text/plain", "application/json", 415),
    ];

    /// <summary>Draws a kind at random, with the probability of its weight.</summary>
    public static RequestKind Choose(Random random)
    {
        var at = random.Next(All.Sum(kind => kind.Weight));
        return All.First(kind => (at -= kind.Weight) < 0);
    }

    /// <summary>A PNG whose header, with a correct checksum, states a square of this many pixels a side, followed by little data.</summary>
    public static byte[] PngThatClaims(int side)
    {
        var png = Png(new RgbImage(new byte[3], 1, 1));
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), side);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), side);
        BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32.HashToUInt32(png.AsSpan(12, 17)));
        return png;
    }

    public static byte[] Png(RgbImage picture)
    {
        using var stream = new MemoryStream();
        picture.Write(stream, ImageFormat.Png);
        return stream.ToArray();
    }

    private static byte[] Jpeg(RgbImage picture)
    {
        using var stream = new MemoryStream();
        picture.Write(stream, ImageFormat.Jpeg);
        return stream.ToArray();
    }

    private static Segmentation Segment(byte[] photo)
    {
        using var predictor = StreetScenes.CreatePredictor();
        using var stream = new MemoryStream(photo);
        return predictor.Segment(stream);
    }

    private static bool HasExpectedLabels(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var rest = Expected.Labels.Labels.Span;
        foreach (var run in json.RootElement.GetProperty("label_runs").EnumerateArray().Select(number => number.GetInt32()).Chunk(2))
        {
            if (run[1] > rest.Length || rest[..run[1]].ContainsAnyExcept((byte)run[0]))
            {
                return false;
            }

            rest = rest[run[1]..];
        }

        return rest.IsEmpty;
    }
}

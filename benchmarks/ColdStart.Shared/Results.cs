using SkiaSharp;

namespace ColdStart;

/// <summary>Writes the same three pictures as samples/SegmentImage: class ids, colours, and the overlay.</summary>
internal static class Results
{
    private static readonly SKColor[] Colors =
    [
        new(0xff808080), new(0xff800000), new(0xffc0c080), new(0xff804080), new(0xff3c28de), new(0xff808000),
        new(0xffc08080), new(0xff404080), new(0xff400080), new(0xff404000), new(0xff0080c0),
    ];

    /// <summary>Writes the pictures beside the photo, such as <c>street-labels.png</c> for <c>street.jpg</c>.</summary>
    /// <param name="photoPath">The path of the photo.</param>
    /// <param name="photo">The photo.</param>
    /// <param name="labels">The class of every pixel.</param>
    public static void Write(string photoPath, Photo photo, byte[] labels)
    {
        var color = new byte[4 * labels.Length];
        var overlay = new byte[4 * labels.Length];
        var pixels = photo.Pixels;
        for (var i = 0; i < labels.Length; i++)
        {
            var mark = Colors[labels[i]];
            Set(color, i, mark.Red, mark.Green, mark.Blue);
            Set(overlay, i, (mark.Red + pixels[4 * i]) / 2, (mark.Green + pixels[(4 * i) + 1]) / 2, (mark.Blue + pixels[(4 * i) + 2]) / 2);
        }

        Save("labels", labels, SKColorType.Gray8);
        Save("colors", color, SKColorType.Rgba8888);
        Save("overlay", overlay, SKColorType.Rgba8888);

        unsafe void Save(string kind, byte[] bytes, SKColorType type)
        {
            fixed (byte* address = bytes)
            {
                var info = new SKImageInfo(photo.Width, photo.Height, type, SKAlphaType.Opaque);
                using var picture = new SKPixmap(info, (nint)address);
                using var data = picture.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.Sub | SKPngEncoderFilterFlags.Up, 2))
                    ?? throw new IOException($"Skia cannot encode the {kind}.");
                using var file = File.Create(
                    Path.Combine(Path.GetDirectoryName(photoPath)!, $"{Path.GetFileNameWithoutExtension(photoPath)}-{kind}.png"));
                data.SaveTo(file);
            }
        }
    }

    private static void Set(byte[] pixels, int index, int red, int green, int blue) =>
        (pixels[4 * index], pixels[(4 * index) + 1], pixels[(4 * index) + 2], pixels[(4 * index) + 3]) = (
            (byte)red, (byte)green, (byte)blue, byte.MaxValue);
}

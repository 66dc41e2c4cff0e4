using SkiaSharp;

namespace ColdStart;

/// <summary>A decoded photo.</summary>
internal sealed class Photo : IDisposable
{
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    private readonly SKBitmap bitmap;

    public Photo(string path)
    {
        using var codec = SKCodec.Create(path) ?? throw new IOException($"{path}: not a picture that Skia can read.");
        bitmap = SKBitmap.Decode(codec, new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul))
            ?? throw new IOException($"{path}: the picture is damaged.");
    }

    public int Width => bitmap.Width;

    public int Height => bitmap.Height;

    /// <summary>R, G, B and alpha bytes, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => bitmap.GetPixelSpan();

    /// <summary>(3, Height, Width): (byte / 255 - mean) / deviation, with ImageNet's values.</summary>
    public float[] Normalized()
    {
        var pixels = Pixels;
        var plane = Width * Height;
        var values = new float[3 * plane];
        for (var channel = 0; channel < 3; channel++)
        {
            var (scale, shift) = (1 / (255 * Deviation[channel]), -Mean[channel] / Deviation[channel]);
            var target = values.AsSpan(channel * plane, plane);
            for (var i = 0; i < plane; i++)
            {
                target[i] = (pixels[(4 * i) + channel] * scale) + shift;
            }
        }

        return values;
    }

    public void Dispose() => bitmap.Dispose();
}

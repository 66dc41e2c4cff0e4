namespace FcnSharp.Imaging;

/// <summary>Where a pixel's channels lie among its bytes; an alpha of -1 means opaque.</summary>
internal readonly record struct PixelLayout(int Bytes, int Red, int Green, int Blue, int Alpha = -1)
{
    public static PixelLayout Gray => new(Bytes: 1, Red: 0, Green: 0, Blue: 0);

    public static PixelLayout Rgb => new(Bytes: 3, Red: 0, Green: 1, Blue: 2);

    public static PixelLayout Bgr => new(Bytes: 3, Red: 2, Green: 1, Blue: 0);

    public static PixelLayout Bgra => new(Bytes: 4, Red: 2, Green: 1, Blue: 0, Alpha: 3);

    public static PixelLayout Rgba => new(Bytes: 4, Red: 0, Green: 1, Blue: 2, Alpha: 3);

    public static PixelLayout Rgbx => new(Bytes: 4, Red: 0, Green: 1, Blue: 2);
}

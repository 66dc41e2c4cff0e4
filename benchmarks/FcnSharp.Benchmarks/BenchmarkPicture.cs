using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>The pictures that speed is measured on.</summary>
internal static class BenchmarkPicture
{
    /// <summary>A street photo, the sample's.</summary>
    public static string PhotoPath { get; } = Path.Combine(AppContext.BaseDirectory, "leuven.jpg");

    public static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(1).NextBytes(pixels);
        return new RgbImage(pixels, width, height);
    }

    /// <summary>The photo at this size: unlike noise it is decoded and encoded as fast as other photos.</summary>
    public static RgbImage Photo(int width, int height) => RgbImage.Load(PhotoPath).Resize(width, height);
}

using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>The pictures of the speed measurements.</summary>
internal static class BenchmarkPicture
{
    /// <summary>The street photo of the samples.</summary>
    public static string PhotoPath { get; } = Path.Combine(AppContext.BaseDirectory, "leuven.jpg");

    public static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(1).NextBytes(pixels);
        return new RgbImage(pixels, width, height);
    }

    /// <summary>The photo at this size. Unlike noise, it takes the usual time to decode and encode.</summary>
    public static RgbImage Photo(int width, int height) => RgbImage.Load(PhotoPath).Resize(width, height);
}

using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks;

/// <summary>The pictures that speed is measured on.</summary>
internal static class BenchmarkPicture
{
    public static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[3 * width * height];
        new Random(1).NextBytes(pixels);
        return new RgbImage(pixels, width, height);
    }
}

using FcnSharp.Imaging;

namespace FcnSharp.Tests.Support;

/// <summary>Pictures drawn from a seed.</summary>
internal static class TestPictures
{
    public static RgbImage Noise(int width, int height, int seed = 1)
    {
        var pixels = new byte[3 * width * height];
        new Random(seed).NextBytes(pixels);
        return new RgbImage(pixels, width, height);
    }
}

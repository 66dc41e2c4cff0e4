using CsCheck;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class ResizeTests
{
    [Fact]
    public void Resize_ToTheSameSize_ReturnsThePictureItself()
    {
        var image = TestPictures.Gradient(5, 4);

        Assert.Same(image, image.Resize(5, 4));
    }

    // By hand: centres at half pixels, weights 1 - |distance| / support, scaled to a sum of 1.
    [Theory]
    [InlineData(new byte[] { 0, 100 }, 4, new byte[] { 0, 25, 75, 100 })] // 0.25 and 0.75 between the centres
    [InlineData(new byte[] { 0, 0, 100, 100 }, 2, new byte[] { 14, 86 })] // (3, 3, 1) / 7 -> 100 / 7 = 14.3
    [InlineData(new byte[] { 10, 20, 60 }, 1, new byte[] { 29 })] // (2, 3, 2) / 7 -> 200 / 7 = 28.6
    [InlineData(new byte[] { 0, 80, 40 }, 2, new byte[] { 30, 55 })] // (5, 3, 0) / 8 and (0, 3, 5) / 8
    public void Resize_AlongARow_MatchesTheHandComputedValues(byte[] row, int width, byte[] expected)
    {
        byte[] Grays(RgbImage image) => [.. image.Pixels.ToArray().Where((_, i) => i % 3 == 1)];

        Assert.Equal(expected, Grays(RgbImage.FromGray(row, row.Length, 1).Resize(width, 1)));
        Assert.Equal(expected, Grays(RgbImage.FromGray(row, 1, row.Length).Resize(1, width)));
    }

    [Fact]
    public void Resize_OfAConstantPicture_StaysConstant() =>
        Gen.Select(Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 70], Gen.Int[1, 70], Gen.Byte)
            .Sample((width, height, newWidth, newHeight, value) =>
        {
            var resized = TestPictures.Flat(width, height, new RgbColor(value, 255, 0)).Resize(newWidth, newHeight);

            Assert.Equal(TestPictures.Flat(newWidth, newHeight, new RgbColor(value, 255, 0)).Pixels.ToArray(), resized.Pixels.ToArray());
        });

    [Fact]
    public void Resize_OfAnyPicture_MatchesTheFilterWrittenPlainly() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[1, 40], Gen.Int[1, 20], Gen.Int[0, 1000])
            .Sample((width, height, newWidth, newHeight, seed) =>
        {
            var pixels = new byte[3 * width * height];
            new Random(seed).NextBytes(pixels);
            var resized = new RgbImage(pixels, width, height).Resize(newWidth, newHeight);

            for (var i = 0; i < 3 * newWidth * newHeight; i++)
            {
                var (x, y, channel) = (i / 3 % newWidth, i / 3 / newWidth, i % 3);
                var exact = Weights(height, newHeight, y).Sum(row =>
                    row.Weight * Weights(width, newWidth, x).Sum(column =>
                        column.Weight * pixels[(3 * ((row.At * width) + column.At)) + channel]));
                Assert.InRange(resized.Pixels.Span[i] - exact, -0.5001, 0.5001);
            }
        }, iter: 50);

    [Fact]
    public void Resize_OfALargePicture_IsTheSameEveryTime()
    {
        var pixels = new byte[3 * 1000 * 700];
        new Random(1).NextBytes(pixels);
        var image = new RgbImage(pixels, 1000, 700);

        Assert.Equal(image.Resize(333, 222).Pixels.ToArray(), image.Resize(333, 222).Pixels.ToArray());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(40_000, 40_000)]
    public void Resize_ToAnImpossibleSize_IsRefused(int width, int height) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestPictures.Gradient(2, 2).Resize(width, height));

    private static List<(int At, double Weight)> Weights(int from, int to, int i)
    {
        var ratio = (double)from / to;
        var support = Math.Max(ratio, 1);
        var raw = Enumerable.Range(0, from)
            .Select(at => (At: at, Weight: Math.Max(0, 1 - (Math.Abs(at + 0.5 - ((i + 0.5) * ratio)) / support))))
            .ToList();
        return [.. raw.Select(entry => (entry.At, entry.Weight / raw.Sum(other => other.Weight)))];
    }
}

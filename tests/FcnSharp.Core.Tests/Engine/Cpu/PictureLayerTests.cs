using FcnSharp.Engine.Cpu;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class PictureLayerTests
{
    [Theory]
    [InlineData(0, 0, 23, 17)]
    [InlineData(5, 3, 11, 9)]
    [InlineData(8, 0, 32, 32)]
    public void Run_AnyWindow_IsTheNormalisedPictureAndZeroOutside(int x, int y, int width, int height)
    {
        var picture = TestPictures.Noise(23, 17);
        var whole = NaiveMaps.Of(picture, Normalization.ImageNet);
        using var output = TestMaps.Filled(height, width, 3, border: new(2, 2), name: "there");

        var window = new PictureWindow(x, y, width, height);
        TestMaps.Run(new PictureLayer("image", Normalization.ImageNet), output, threads: 2, picture, window);

        TestMaps.AssertEqual(
            NaiveMaps.Of(3, height, width, (color, row, column) => y + row < 17 && x + column < 23 ? whole[color, y + row, x + column] : 0),
            output, tolerance: 1e-6);
    }
}

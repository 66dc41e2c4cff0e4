using FcnSharp.Engine.Cpu;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class FirstLayerTests
{
    /// <summary>Width of registers; kernel, stride and padding; channels, and a window that may reach beyond the picture of 23x17
    /// pixels.</summary>
    public static TheoryData<int, (int, int, int), (int, int, int, int, int)> Cases => [.. from lanes in KernelWidths.Lanes
        from kind in new[] { (3, 1, 1), (3, 1, 100), (7, 2, 3), (1, 1, 0), (5, 3, 0), (2, 2, 1) }
        from window in new[] { (1, 0, 0, 23, 17), (24, 5, 3, 11, 9), (33, 7, 0, 32, 32) }
        select (lanes, kind, window)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyWindow_EqualsNormalisationPaddingAndConvolution(
        int lanes, (int Kernel, int Stride, int Padding) kind, (int Channels, int X, int Y, int Width, int Height) part)
    {
        var picture = TestPictures.Noise(23, 17);
        var window = new PictureWindow(part.X, part.Y, part.Width, part.Height);
        foreach (var (hasBias, relu) in new[] { (true, true), (false, false), (true, false) })
        {
            var node = new ConvolutionNode("layer", new ImageNode(), part.Channels, kind.Kernel)
            {
                Stride = kind.Stride, Padding = kind.Padding, HasBias = hasBias, Relu = relu,
            };
            var tensors = FilledNetwork.Lookup(node);
            var layer = new FirstLayer(node, tensors, Normalization.ImageNet, KernelWidths.Of(lanes));
            var expected = NaiveGraph.Apply(Unpadded(node), tensors, Around(picture, window, kind.Padding));
            using var output = new ChannelMap(
                TestMaps.Scratch, expected.GetLength(1), expected.GetLength(2), part.Channels, border: new(1, 1));

            TestMaps.Run(layer, output, threads: 2, picture, window);

            TestMaps.AssertEqual(expected, output);
        }
    }

    [Fact]
    public void Takes_ADilatedConvolution_DoesNot()
    {
        var image = new ImageNode();

        Assert.True(FirstLayer.Takes(new ConvolutionNode("plain", image, 2, kernel: 3)));
        Assert.False(FirstLayer.Takes(new ConvolutionNode("dilated", image, 2, kernel: 3) { Dilation = 2 }));
    }

    private static ConvolutionNode Unpadded(ConvolutionNode node) => new(node.Name, node.Input, node.Channels, node.Kernel)
    {
        Stride = node.Stride, HasBias = node.HasBias, Relu = node.Relu,
    };

    /// <summary>A window of a normalised picture with its surroundings: further pixels of the picture, or zeros outside.</summary>
    private static double[,,] Around(RgbImage picture, PictureWindow window, int padding)
    {
        var whole = NaiveMaps.Of(picture, Normalization.ImageNet);
        return NaiveMaps.Of(3, window.Height + (2 * padding), window.Width + (2 * padding), (color, row, column) =>
        {
            var (y, x) = (window.Y - padding + row, window.X - padding + column);
            return (uint)y < (uint)picture.Height && (uint)x < (uint)picture.Width ? whole[color, y, x] : 0;
        });
    }
}

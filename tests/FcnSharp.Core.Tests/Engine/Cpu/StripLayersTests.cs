using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

/// <summary>Two layers that are computed in strips give the same bits as the two layers one after the other.</summary>
public class StripLayersTests
{
    /// <summary>A strip has 64 rows of 5 cells, or as few as 8 of many; the last one has from 1 row up.</summary>
    public static TheoryData<int, int, int> Sizes => [.. from lanes in KernelWidths.Lanes
        from size in new[] { (1, 1), (5, 63), (5, 64), (5, 65), (6, 67), (5, 69), (7, 130), (6, 197) }
        select (lanes, size.Item1, size.Item2)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Run_BehindTheFirstLayer_GivesTheSameBits(int lanes, int width, int height)
    {
        foreach (var (kernel, stride) in new[] { (3, 1), (7, 2) })
        {
            var first = new ConvolutionNode("first", new ImageNode(), 9, kernel) { Stride = stride, Padding = kernel / 2, Relu = true };
            var second = Pooled(first);
            var tensors = FilledNetwork.Lookup(first, second);
            var layer = new FirstLayer(first, tensors, Normalization.ImageNet, KernelWidths.Of(lanes));

            AssertSameBits(lanes, layer, second, tensors, (width + stride - 1) / stride, (height + stride - 1) / stride, width, height);
        }
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Run_BehindAWinogradLayer_GivesTheSameBits(int lanes, int width, int height)
    {
        var input = TestMaps.Input(5);
        var first = new ConvolutionNode("first", input, 18, kernel: 3) { Padding = 1 };
        var second = Pooled(first);
        var tensors = FilledNetwork.Lookup(first, second);
        var layer = new WinogradLayer(first, tensors, pools: false, default, KernelWidths.Of(lanes));
        using var map = TestMaps.FilledFor(layer, height, width, 5);

        AssertSameBits(lanes, layer, second, tensors, width, height, width, height, map);
    }

    private static ConvolutionNode Pooled(GraphNode input) => new("second", input, 20, kernel: 3) { Padding = 1, Relu = true };

    private static void AssertSameBits(
        int lanes, RowLayer first, ConvolutionNode node, Func<string, NamedTensor> tensors, int betweenWidth, int betweenHeight,
        int width, int height, params ChannelMap[] inputs)
    {
        var second = new WinogradLayer(node, tensors, pools: true, new Finishing(Rectifies: true, Adds: false), KernelWidths.Of(lanes));
        var picture = TestPictures.Noise(width, height);
        var window = new PictureWindow(0, 0, width, height);
        using var between = TestMaps.FilledFor(second, betweenHeight, betweenWidth, node.Input.Channels, name: "between");
        using var expected = TestMaps.Filled((betweenHeight + 1) / 2, (betweenWidth + 1) / 2, node.Channels, name: "there");
        using var actual = TestMaps.Filled((betweenHeight + 1) / 2, (betweenWidth + 1) / 2, node.Channels, name: "here");
        TestMaps.Run(first, between, threads: 2, picture, window, inputs);
        TestMaps.Run(second, expected, threads: 2, between);

        TestMaps.Run(new StripLayers(first, second, node.Input), actual, threads: 2, picture, window, inputs);

        Assert.Equal(TestMaps.Bits(expected), TestMaps.Bits(actual));
    }
}

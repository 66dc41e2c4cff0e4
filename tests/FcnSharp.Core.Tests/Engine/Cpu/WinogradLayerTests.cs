using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class WinogradLayerTests
{
    /// <summary>Channels in and out, rows and columns; 300 and 260 channels are more than a block of depth, with few and with many
    /// tiles.</summary>
    public static TheoryData<int, bool, int, int, int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from pool in new[] { false, true }
        from shape in new[] { (1, 4, 1, 1), (5, 9, 7, 6), (17, 3, 4, 13), (33, 40, 9, 11), (16, 70, 8, 2),
            (3, 16, 50, 31), (9, 20, 60, 45), (300, 9, 9, 11), (260, 5, 50, 45) }
        select (lanes, pool, shape.Item1, shape.Item2, shape.Item3, shape.Item4)];

    /// <summary>Dilation, rows and columns: smaller than the dilation, no multiples of it, and several tiles.</summary>
    public static TheoryData<int, int, int, int> Dilated => [.. from lanes in KernelWidths.Lanes
        from shape in new[] { (2, 1, 1), (2, 9, 7), (2, 16, 24), (4, 3, 2), (4, 3, 21), (4, 17, 19), (4, 33, 35), (3, 14, 5), (12, 29, 6) }
        select (lanes, shape.Item1, shape.Item2, shape.Item3)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyShape_EqualsTheSumOfProducts(int lanes, bool pool, int inChannels, int outChannels, int height, int width)
    {
        foreach (var (relu, hasBias) in new[] { (true, true), (false, false) })
        {
            var node = Node(inChannels, outChannels, relu: relu, hasBias: hasBias);

            AssertEqualsNaive(lanes, node, height, width, pool, adds: false);
        }
    }

    [Theory]
    [MemberData(nameof(Dilated))]
    public void Run_AnyDilation_EqualsTheSumOfProducts(int lanes, int dilation, int height, int width)
    {
        AssertEqualsNaive(lanes, Node(5, 19, dilation), height, width, pool: false, adds: false);
        AssertEqualsNaive(lanes, Node(17, 40, dilation, relu: false), height, width, pool: false, adds: true);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_WithASum_AddsToWhatIsThereAndRectifiesThen(
        int lanes, bool relu, int inChannels, int outChannels, int height, int width) =>
        AssertEqualsNaive(lanes, Node(inChannels, outChannels, relu: relu, hasBias: relu), height, width, pool: false, adds: true);

    /// <summary>Many tiles, which are shared by blocks; few, shared by panels where there are as many as threads.</summary>
    [Theory]
    [InlineData(90, 75, 36)]
    [InlineData(30, 25, 36)]
    [InlineData(30, 25, 200)]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(int height, int width, int outChannels)
    {
        var node = Node(20, outChannels);
        foreach (var lanes in KernelWidths.Lanes)
        {
            var layer = new WinogradLayer(
                node, FilledNetwork.Lookup(node), pools: true, new Finishing(Rectifies: true, Adds: false), KernelWidths.Of(lanes));
            using var input = TestMaps.FilledFor(layer, height, width, 20);
            using var single = new ChannelMap(TestMaps.Scratch, (height + 1) / 2, (width + 1) / 2, outChannels);
            using var several = new ChannelMap(TestMaps.Scratch, (height + 1) / 2, (width + 1) / 2, outChannels);

            TestMaps.Run(layer, single, threads: 1, input);
            TestMaps.Run(layer, several, threads: 5, input);

            Assert.Equal(TestMaps.Bits(single), TestMaps.Bits(several));
        }
    }

    [Fact]
    public void Takes_OtherKernelsStridesAndPaddings_DoesNot()
    {
        var input = TestMaps.Input(2);

        Assert.True(WinogradLayer.Takes(Node(2, 2, dilation: 4)));
        Assert.False(WinogradLayer.Takes(new ConvolutionNode("layer", input, 2, kernel: 3)));
        Assert.False(WinogradLayer.Takes(new ConvolutionNode("layer", input, 2, kernel: 3) { Padding = 1, Stride = 2 }));
        Assert.False(WinogradLayer.Takes(new ConvolutionNode("layer", input, 2, kernel: 3) { Padding = 1, Dilation = 2 }));
        Assert.False(WinogradLayer.Takes(new ConvolutionNode("layer", input, 2, kernel: 1) { Padding = 1 }));
    }

    private static ConvolutionNode Node(int inChannels, int outChannels, int dilation = 1, bool relu = true, bool hasBias = true) =>
        new("layer", TestMaps.Input(inChannels), outChannels, kernel: 3)
        {
            Dilation = dilation, Padding = dilation, Relu = relu, HasBias = hasBias,
        };

    private static void AssertEqualsNaive(int lanes, ConvolutionNode node, int height, int width, bool pool, bool adds)
    {
        var tensors = FilledNetwork.Lookup(node);
        var layer = new WinogradLayer(node, tensors, pool, new Finishing(node.Relu, adds), KernelWidths.Of(lanes));
        using var input = TestMaps.FilledFor(layer, height, width, node.Input.Channels);
        var bias = node.HasBias ? tensors(node.Bias) : null;
        var expected = NaiveMaps.Convolve(
            TestMaps.Values(input), tensors(node.Weight), bias, dilation: node.Dilation, padding: node.Padding);
        expected = pool ? NaiveMaps.MaxPool(expected, kernel: 2, stride: 2, padding: 0, ceil: true) : expected;
        using var output = TestMaps.Filled(expected.GetLength(1), expected.GetLength(2), node.Channels, border: new(2, 2), name: "there");
        expected = adds ? NaiveMaps.Add(expected, TestMaps.Values(output)) : expected;

        TestMaps.Run(layer, output, threads: 1, input);

        TestMaps.AssertEqual(node.Relu ? NaiveMaps.Rectify(expected) : expected, output);
    }
}

using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class DenseLayerTests
{
    /// <summary>Kernel, channels in and out, rows and columns; 1024 channels fill whole pages, 300 are more than a block of depth, and the
    /// last two maps have several blocks for each thread.</summary>
    public static TheoryData<int, int, int, int, int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from shape in new[]
        {
            (1, 1, 3, 2, 3), (1, 300, 21, 5, 7), (1, 1024, 33, 3, 1), (7, 5, 9, 8, 13), (7, 17, 40, 7, 7), (1, 40, 70, 71, 67),
            (3, 9, 40, 45, 51),
        }
        select (lanes, shape.Item1, shape.Item2, shape.Item3, shape.Item4, shape.Item5)];

    /// <summary>Kernel, stride, dilation, padding.</summary>
    public static TheoryData<int, int, int, int, int> Steps => [.. from lanes in KernelWidths.Lanes
        from shape in new[]
        {
            (1, 2, 1, 0), (3, 2, 1, 1), (3, 2, 2, 2), (3, 1, 2, 0), (2, 1, 3, 1), (5, 3, 1, 2), (1, 3, 1, 1), (4, 1, 1, 6),
        }
        select (lanes, shape.Item1, shape.Item2, shape.Item3, shape.Item4)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyShape_EqualsTheSumOfProducts(int lanes, int kernel, int inChannels, int outChannels, int height, int width)
    {
        var node = new ConvolutionNode("layer", TestMaps.Input(inChannels), outChannels, kernel) { Relu = true };

        AssertEqualsNaive(lanes, node, height, width, offset: 0, scale: 1, adds: false);
    }

    [Theory]
    [MemberData(nameof(Steps))]
    public void Run_AnyStrideDilationAndPadding_EqualsTheSumOfProducts(int lanes, int kernel, int stride, int dilation, int padding)
    {
        foreach (var adds in new[] { false, true })
        {
            var node = new ConvolutionNode("layer", TestMaps.Input(11), 21, kernel)
            {
                Stride = stride, Dilation = dilation, Padding = padding, HasBias = adds, Relu = !adds,
            };

            AssertEqualsNaive(lanes, node, 13, 19, offset: 0, scale: 1, adds);
            AssertEqualsNaive(lanes, node, 7, 8, offset: 1, scale: -0.5f, adds);
        }
    }

    [Fact]
    public void Run_WithAnOffsetAndAScale_SkipsCellsAndScalesTheInput()
    {
        foreach (var lanes in KernelWidths.Lanes)
        {
            var node = new ConvolutionNode("layer", TestMaps.Input(20), 11, kernel: 1);

            AssertEqualsNaive(lanes, node, 12, 15, offset: 3, scale: 0.25f, adds: false);
        }
    }

    /// <summary>The layer after a sum, a crop and a factor, on a map whose border is not zero cells alone.</summary>
    private static void AssertEqualsNaive(int lanes, ConvolutionNode node, int height, int width, int offset, float scale, bool adds)
    {
        var tensors = FilledNetwork.Lookup(node);
        foreach (var rectifies in new[] { node.Relu, true })
        {
            var layer = new DenseLayer(node, tensors, offset, scale, new Finishing(rectifies, adds), KernelWidths.Of(lanes));
            using var input = TestMaps.FilledFor(layer, height, width, node.Input.Channels);
            var convolved = NaiveMaps.Convolve(
                NaiveMaps.Scale(TestMaps.Values(input), scale), tensors(node.Weight), node.HasBias ? tensors(node.Bias) : null, node.Stride,
                node.Dilation, node.Padding);
            var cropped = NaiveMaps.Crop(convolved, offset, convolved.GetLength(1) - offset, convolved.GetLength(2) - offset);
            using var output = TestMaps.Filled(cropped.GetLength(1), cropped.GetLength(2), node.Channels, border: new(1, 1), name: "there");
            var expected = adds ? NaiveMaps.Add(cropped, TestMaps.Values(output)) : cropped;

            TestMaps.Run(layer, output, threads: 3, input);

            TestMaps.AssertEqual(rectifies ? NaiveMaps.Rectify(expected) : expected, output);
        }
    }
}

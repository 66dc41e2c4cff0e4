using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Tests.Networks;

public class GraphNodeTests
{
    private static readonly ImageNode Image = new();

    public static TheoryData<GraphNode, string> Descriptions => new()
    {
        { new ConvolutionNode("n", Image, 2, kernel: 1), "convolution 1x1" },
        {
            new ConvolutionNode("n", Image, 2, kernel: 3) { Stride = 2, Dilation = 4, Padding = 5, Norm = "bn", Relu = true },
            "convolution 3x3, stride 2, dilation 4, padding 5, batch norm, ReLU"
        },
        { new MaxPoolNode("n", Image, kernel: 2, stride: 2), "max pool 2x2, stride 2" },
        { new MaxPoolNode("n", Image, kernel: 3, stride: 2) { Padding = 1, Ceil = true }, "max pool 3x3, stride 2, padding 1, ceil" },
        { new TransposedConvolutionNode("n", Image, 2, kernel: 4, stride: 2), "transposed convolution 4x4, stride 2" },
        {
            new TransposedConvolutionNode("n", Image, 2, kernel: 4, stride: 2) { Padding = 1 },
            "transposed convolution 4x4, stride 2, padding 1"
        },
        { new AddNode("n", Image, Image), "sum" },
        { new AddNode("n", Image, Image) { Relu = true }, "sum, ReLU" },
        { new PadNode("n", Image, multiple: 8), "zeros to a multiple of 8" },
        { new ResizeNode("n", Image, Image), "bilinear resize to the size of image" },
        { new CropNode("n", Image, offset: 3, Image), "crop at 3 to the size of image" },
        { new ScaleNode("n", Image, 0.25f), "times 0.25" },
    };

    [Theory]
    [MemberData(nameof(Descriptions), DisableDiscoveryEnumeration = true)]
    public void Description_OfEveryOperation_NamesWhatDiffersFromTheDefault(GraphNode node, string expected) =>
        Assert.Equal(expected, node.Description);

    [Fact]
    public void Tensors_OfABatchNormalisedConvolution_AreInTheOrderOfAStateDict() =>
        Assert.Equal(
            ["c.weight", "c.bias", "c.bn.weight", "c.bn.bias", "c.bn.running_mean", "c.bn.running_var"],
            new ConvolutionNode("c", Image, 2, kernel: 1) { Norm = "c.bn" }.Tensors.Select(tensor => tensor.Name));

    /// <summary>torch.nn.MaxPool2d(kernel, stride, ceil_mode=True): a window that would begin beyond the input does not count.</summary>
    [Theory]
    [InlineData(3, 2, 9, 4)]
    [InlineData(3, 2, 10, 5)]
    [InlineData(2, 4, 8, 2)]
    [InlineData(2, 4, 9, 3)]
    [InlineData(3, 1, 3, 1)]
    public void SizesFor_APoolThatRoundsUp_FollowsPyTorch(int kernel, int stride, int side, int cells)
    {
        var pool = new MaxPoolNode("pool", Image, kernel, stride) { Ceil = true };

        var sizes = new NetworkGraph(new ResizeNode("scores", pool, Image)).SizesFor(side, side);

        Assert.Equal((cells, cells), sizes[pool]);
    }

    [Fact]
    public void SizesFor_APictureBelowAStridedKernel_IsRefused()
    {
        var graph = new NetworkGraph(new ResizeNode("scores", new ConvolutionNode("conv", Image, 2, kernel: 3) { Stride = 2 }, Image));

        Assert.Contains("gives conv 0 cells", Assert.Throws<ArgumentException>(() => graph.SizesFor(2, 9)).Message);
        Assert.Contains("gives conv 0 cells", Assert.Throws<ArgumentException>(() => graph.SizesFor(9, 2)).Message);
    }

    [Fact]
    public void SizesFor_ACropBeyondTheEdge_IsRefused()
    {
        var graph = new NetworkGraph(new CropNode("cropped", new ScaleNode("scaled", Image, 1), offset: 1, Image));

        Assert.Contains("cropped takes 6 cells after the first 1 along one axis, but scaled has 6. Use a smaller offset, or pad the map.",
            Assert.Throws<ArgumentException>(() => graph.SizesFor(6, 6)).Message);
    }

    [Fact]
    public void SizesFor_TheSmallestAndTheLargestSide_AreTheLimits()
    {
        var scaled = new ScaleNode("scaled", Image, 1);
        var graph = new NetworkGraph(scaled);

        Assert.Equal((int.MaxValue, 1), graph.SizesFor(int.MaxValue, 1)[scaled]);
        Assert.Throws<ArgumentOutOfRangeException>(() => graph.SizesFor(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => graph.SizesFor(1, 0));
    }

    [Fact]
    public void GridOf_ASumWhoseSecondMapSeesMore_IsThatOfTheSecond()
    {
        var sum = new AddNode("sum", Image, new ConvolutionNode("conv", Image, 3, kernel: 5) { Padding = 1 });

        Assert.Equal(new CellGrid(1, -1, 3), new NetworkGraph(sum).GridOf(sum));
    }

    /// <summary>Cell 0 of the halved map depends on pixels 0 and 1; a resize may reach two of its cells, 4 pixels, to each side.</summary>
    [Fact]
    public void GridOf_AResize_ReachesTwoCellsToEachSide()
    {
        var resized = new ResizeNode("scores", new MaxPoolNode("half", Image, kernel: 2, stride: 2), Image);

        Assert.Equal(new CellGrid(1, -4, 5), new NetworkGraph(resized).GridOf(resized));
    }

    [Fact]
    public void LastConvolutions_OfAMapResizedLikeAnother_LeaveThatOneOut()
    {
        var early = new ConvolutionNode("early", Image, 4, kernel: 1);
        var scores = new ConvolutionNode("scores", new MaxPoolNode("half", early, kernel: 2, stride: 2), 2, kernel: 1);

        Assert.Equal([scores], new NetworkGraph(new ResizeNode("resized", scores, early)).LastConvolutions);
    }

    [Fact]
    public void ToGraph_AtOnce_ScalesTheSkipsAndOnlyThen()
    {
        var options = new FcnOptions { Layout = FcnLayout.Original };

        var scales = (options with { AtOnce = true }).ToGraph().Nodes.OfType<ScaleNode>();

        Assert.Equal([("pool4", 0.01f), ("pool3", 0.0001f)], scales.Select(node => (node.Inputs[0].Name, node.Factor)));
        Assert.Empty(options.ToGraph().Nodes.OfType<ScaleNode>());
    }

    [Fact]
    public void Numbers_OutOfRange_AreRefusedWithAdvice()
    {
        AssertRefused("Give the side of the kernel.", () => new ConvolutionNode("n", Image, 1, kernel: 0));
        AssertRefused("Use 1 for every cell.", () => new ConvolutionNode("n", Image, 1, kernel: 1) { Stride = 0 });
        AssertRefused("Use 1 for neighbouring cells.", () => new ConvolutionNode("n", Image, 1, kernel: 1) { Dilation = 0 });
        AssertRefused("Use 0 for none.", () => new ConvolutionNode("n", Image, 1, kernel: 1) { Padding = -1 });
        AssertRefused("Give the side of the window.", () => new MaxPoolNode("n", Image, kernel: 0, stride: 1));
        AssertRefused("Use 1 for every cell.", () => new MaxPoolNode("n", Image, kernel: 1, stride: 0));
        AssertRefused("PyTorch allows half a window.", () => new MaxPoolNode("n", Image, kernel: 3, stride: 2) { Padding = 2 });
        AssertRefused("Give the side of the kernel.", () => new TransposedConvolutionNode("n", Image, 1, kernel: 0, stride: 1));
        AssertRefused("Use 1 to keep the size.", () => new TransposedConvolutionNode("n", Image, 1, kernel: 1, stride: 0));
        AssertRefused("Use 0 for none.", () => new TransposedConvolutionNode("n", Image, 1, kernel: 1, stride: 1) { Padding = -1 });
        AssertRefused("Use 1 for no padding.", () => new PadNode("n", Image, multiple: 0));
        AssertRefused("Use 0 for the top left corner.", () => new CropNode("n", Image, offset: -1, Image));
        AssertRefused("A map is scaled by a finite number.", () => new ScaleNode("n", Image, float.PositiveInfinity));
    }

    [Fact]
    public void AddNode_OfNothing_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new AddNode("n", null!, Image));
        Assert.Throws<ArgumentNullException>(() => new AddNode("n", Image, null!));
    }

    [Fact]
    public void OtherThan_EitherInput_IsTheOther()
    {
        var scaled = new ScaleNode("scaled", Image, 2);
        var sum = new AddNode("sum", Image, scaled);

        Assert.Same(scaled, sum.OtherThan(Image));
        Assert.Same(Image, sum.OtherThan(scaled));
    }

    private static void AssertRefused(string advice, Func<object> construct) =>
        Assert.Contains(advice, Assert.Throws<ArgumentOutOfRangeException>(construct).Message);
}

using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Tests.Networks;

public class NetworkGraphTests
{
    /// <summary>VGG-16 by hand: a 3x3 convolution adds twice its stride to the field, a 2x2 pool adds it once, and doubles it. After
    /// stages 1 to 5 that is 6, 16, 44, 100, 212; fc6's 7x7 adds 6 * 32.</summary>
    [Theory]
    [InlineData(FcnLayout.Original, "pool1", 2, 6)]
    [InlineData(FcnLayout.Original, "pool2", 4, 16)]
    [InlineData(FcnLayout.Original, "pool3", 8, 44)]
    [InlineData(FcnLayout.Original, "pool4", 16, 100)]
    [InlineData(FcnLayout.Original, "pool5", 32, 212)]
    [InlineData(FcnLayout.Original, "fc7.0", 32, 404)]
    [InlineData(FcnLayout.Compact, "pool5", 32, 212)]
    [InlineData(FcnLayout.Compact, "fc7.0", 32, 212)]
    public void GridOf_Vgg_HasTheStridesAndFieldsOfItsKernels(FcnLayout layout, string name, double stride, double field)
    {
        var graph = new FcnOptions { Layout = layout }.ToGraph();

        var grid = graph.GridOf(graph[name]);

        Assert.Equal((stride, field), (grid.Stride, grid.Field));
    }

    /// <summary>Cell 0 of pool5 depends on several paddings: 1 + 1 pixels of stage 1, twice 2 of stage 2, and thrice 4, 8 and 16.</summary>
    [Fact]
    public void GridOf_ThePaddingsOfVgg_BeginBeforeThePicture()
    {
        var (compact, original) = (new FcnOptions().ToGraph(), new FcnOptions { Layout = FcnLayout.Original }.ToGraph());

        Assert.Equal(-(2 + 4 + 12 + 24 + 48), compact.GridOf(compact["pool5"]).First);
        Assert.Equal(-(2 + 4 + 12 + 24 + 48) - 99, original.GridOf(original["pool5"]).First);
    }

    /// <summary>A cell of the fused scores depends on all that fc8's cells around it depend on: the kernel of 4 covers 2 of them.</summary>
    [Fact]
    public void GridOf_ASum_IsThatOfBothMaps()
    {
        var graph = new FcnOptions().ToGraph();
        var (fused, upsampled, skip) = (graph.GridOf(graph["fused16"]), graph.GridOf(graph["upscore"]), graph.GridOf(graph["score_4b.0"]));

        Assert.Equal((16, 16, 16), (fused.Stride, upsampled.Stride, skip.Stride));
        Assert.Equal((upsampled.First, upsampled.Last), (fused.First, fused.Last));
        Assert.Equal((-90 - 32, 121 + 16, 100), (upsampled.First, upsampled.Last, skip.Field));
    }

    [Theory]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact)]
    [InlineData(FcnVariant.Fcn16s, FcnLayout.Original)]
    [InlineData(FcnVariant.Fcn32s, FcnLayout.Original)]
    public void SizesFor_EverySize_AreThoseOfThePaper(FcnVariant variant, FcnLayout layout)
    {
        var graph = new FcnOptions { Variant = variant, Layout = layout }.ToGraph();
        foreach (var (width, height) in Enumerable.Range(1, 90).Select(side => (side, (side * 7 % 131) + 1)))
        {
            var sizes = graph.SizesFor(width, height);

            Assert.Equal((width, height), sizes[graph.Output]);
            Assert.Equal((Pool5(width), Pool5(height)), sizes[graph["pool5"]]);
            Assert.Equal(graph.Nodes.Length, sizes.Count);
        }

        int Pool5(int side) => layout == FcnLayout.Compact ? (side + 31) / 32 : (side + 198 + 31) / 32;
    }

    /// <summary>torch.nn's sizes: Conv2d(3, 8, 7, stride=2, padding=3), dilation 2, and the pools of 10 cells.</summary>
    [Fact]
    public void SizesFor_EveryOperation_FollowPyTorch()
    {
        var image = new ImageNode();
        GraphNode[] nodes =
        [
            new ConvolutionNode("conv7", image, 8, kernel: 7) { Stride = 2, Padding = 3 },
            new ConvolutionNode("dilated", image, 8, kernel: 3) { Dilation = 2, Padding = 1 },
            new MaxPoolNode("floor", image, kernel: 3, stride: 2) { Padding = 1 },
            new MaxPoolNode("ceil", image, kernel: 3, stride: 2) { Padding = 1, Ceil = true },
            new MaxPoolNode("pairs", image, kernel: 2, stride: 3) { Ceil = true },
            new TransposedConvolutionNode("up", image, 2, kernel: 4, stride: 2) { Padding = 1 },
            new PadNode("pad", image, multiple: 8),
            new ScaleNode("scaled", image, 2),
        ];

        foreach (var (node, width, height) in nodes.Zip([5, 8, 5, 6, 4, 20, 16, 10], [6, 9, 6, 6, 4, 22, 16, 11])
            .Select(row => (row.First, row.Second, row.Third)))
        {
            var graph = new NetworkGraph(new ResizeNode("scores", node, image));

            Assert.Equal((node.Name, width, height), (node.Name, graph.SizesFor(10, 11)[node].Width, graph.SizesFor(10, 11)[node].Height));
        }
    }

    [Fact]
    public void Nodes_OfAnFcn_ComeBehindThoseThatTheyRead()
    {
        var graph = new FcnOptions().ToGraph();

        Assert.Same(graph.Image, graph.Nodes[0]);
        Assert.Same(graph.Output, graph.Nodes[^1]);
        Assert.All(graph.Nodes, (node, index) =>
            Assert.All(node.Inputs, input => Assert.InRange(graph.Nodes.IndexOf(input), 0, index - 1)));
        Assert.Equal(graph.Nodes.Length, graph.Nodes.DistinctBy(node => node.Name).Count());
        Assert.Equal(["fc8", "score_3b.0", "score_4b.0"], graph.LastConvolutions.Select(node => node.Name).Order());
        Assert.Equal(["upscore", "upscore_4b", "upscore_3b"], graph.Upsamplers.Select(node => node.Name));
    }

    [Fact]
    public void Nodes_OfALongChain_AreFoundWithoutRecursion()
    {
        GraphNode map = new ImageNode();
        for (var i = 0; i < 100_000; i++)
        {
            map = new ScaleNode($"scaled{i}", map, 1);
        }

        Assert.Equal(100_001, new NetworkGraph(map).Nodes.Length);
    }

    [Fact]
    public void ToString_OfAnFcn_HasALineForEveryOperation()
    {
        var lines = new FcnOptions().ToGraph().ToString().TrimEnd('\n').Split('\n');

        Assert.Equal("image: picture, 3 channels, stride 1", lines[0]);
        Assert.Contains("conv1.0: convolution 3x3, padding 1, ReLU, 64 channels, stride 1 <- padded", lines);
        Assert.Contains("fused16: sum, 21 channels, stride 16 <- upscore, score_4b.0", lines);
        Assert.Equal("scores: crop at 0 to the size of image, 21 channels, stride 1 <- upscore_3b, image", lines[^1]);
    }

    [Fact]
    public void Indexer_ANameThatIsNone_IsRefused() =>
        Assert.Contains("no operation fc9", Assert.Throws<KeyNotFoundException>(() => new FcnOptions().ToGraph()["fc9"]).Message);

    [Fact]
    public void Constructor_NoGraph_SaysWhy()
    {
        var image = new ImageNode();
        var half = new MaxPoolNode("half", image, kernel: 2, stride: 2);
        var twice = new ScaleNode("twice", new ScaleNode("twice", image, 1), 1);
        var other = new AddNode("sum", image, new ScaleNode("other", new ImageNode(), 1));

        Assert.Contains("A graph reads one picture", Refusal(() => new NetworkGraph(other)));
        Assert.Contains("Two operations are called twice", Refusal(() => new NetworkGraph(twice)));
        Assert.Contains("sum adds maps of stride 1 and 2", Refusal(() => new NetworkGraph(new AddNode("sum", image, half))));
        Assert.Contains("half, has stride 2, but there must be scores for every pixel", Refusal(() => new NetworkGraph(half)));
        Assert.Contains("sum adds maps of 3 and 4 channels", Refusal(
            () => new AddNode("sum", image, new ConvolutionNode("conv", image, 4, kernel: 1))));
    }

    [Fact]
    public void SizesFor_APictureThatDoesNotFit_SaysWhy()
    {
        var image = new ImageNode();
        var valid = new ConvolutionNode("valid", image, 3, kernel: 3);
        var even = new TransposedConvolutionNode("up", new MaxPoolNode("half", image, 2, 2), 3, kernel: 2, stride: 2);

        Assert.Contains("gives valid 0 cells", Refusal(() => new NetworkGraph(new ResizeNode("scores", valid, image)).SizesFor(2, 9)));
        Assert.Contains("A picture of 7x6 pixels gets up for 6x6", Refusal(() => new NetworkGraph(even).SizesFor(7, 6)));
        Assert.Contains("cropped takes 7 cells after the first 0 along one axis, but up has 6", Refusal(
            () => new NetworkGraph(new CropNode("cropped", even, offset: 0, image)).SizesFor(7, 6)));
        Assert.Contains("sum adds maps of 6 and 7 cells along one axis: up and image. Crop or pad one of them first.", Refusal(
            () => new NetworkGraph(new AddNode("sum", even, image)).SizesFor(7, 6)));
        Assert.Equal((8, 6), new NetworkGraph(even).SizesFor(8, 6)[even]);
    }

    [Fact]
    public void Nodes_NumbersOutOfRange_AreRefused()
    {
        var image = new ImageNode();

        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvolutionNode("conv", image, 0, kernel: 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConvolutionNode("conv", image, 1, kernel: 3) { Dilation = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new MaxPoolNode("pool", image, kernel: 3, stride: 2) { Padding = 2 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScaleNode("scaled", image, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CropNode("cropped", image, offset: -1, image));
        Assert.Throws<ArgumentException>(() => new ScaleNode("", image, 1));
        Assert.Throws<ArgumentNullException>(() => new PadNode("padded", null!, 2));
    }

    private static string Refusal(Func<object> construct) => Assert.Throws<ArgumentException>(construct).Message;
}

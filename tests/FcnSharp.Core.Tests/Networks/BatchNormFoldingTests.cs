using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Networks;

public class BatchNormFoldingTests
{
    [Fact]
    public void Fold_AGraphWithNorms_GivesTheSameScoresWithoutThem()
    {
        var graph = LinkNet.Graph(classes: 3);
        var tensors = FilledNetwork.Lookup(graph.Nodes);
        var picture = NaiveMaps.Of(TestPictures.Noise(24, 16), FilledNetwork.Unscaled);

        var (folded, foldedTensors) = BatchNormFolding.Fold(graph, tensors);

        Assert.Equal(graph.Nodes.Select(node => (node.Name, node.Channels)), folded.Nodes.Select(node => (node.Name, node.Channels)));
        Assert.All(folded.Nodes.OfType<ConvolutionNode>(), node => Assert.Equal((null, true), (node.Norm, node.HasBias)));
        Assert.All(folded.Tensors, spec => Assert.Equal(spec.Shape, foldedTensors(spec.Name).Shape));
        Closeness.Assert(
            NaiveMaps.ToScoreMap(NaiveGraph.Score(graph, tensors, picture)),
            NaiveMaps.ToScoreMap(NaiveGraph.Score(folded, foldedTensors, picture)), Closeness.BetweenEngines);
    }

    /// <summary>By hand: s = 2 / sqrt(4 - 1e-5 + 1e-5) = 1, so that a weight of 3 stays and a bias of 5 becomes 5 - 1 + 7.</summary>
    [Theory]
    [InlineData(true, 11)]
    [InlineData(false, 6)]
    public void Fold_OneWeight_ScalesItAndShiftsTheBias(bool hasBias, float bias)
    {
        var graph = new NetworkGraph(new ConvolutionNode("conv", new ImageNode(), 1, kernel: 1) { HasBias = hasBias, Norm = "bn" });
        var values = new Dictionary<string, float[]>
        {
            ["conv.weight"] = [3, 3, 3], ["conv.bias"] = [5], ["bn.weight"] = [2], ["bn.bias"] = [7], ["bn.running_mean"] = [1],
            ["bn.running_var"] = [4 - 1e-5f],
        };
        var tensors = graph.Tensors.ToDictionary(spec => spec.Name, spec => new NamedTensor(spec.Name, spec.Shape, values[spec.Name]));

        var (_, folded) = BatchNormFolding.Fold(graph, name => tensors[name]);

        Assert.Equal([3, 3, 3], folded("conv.weight").Values.ToArray(), (a, b) => Math.Abs(a - b) < 1e-5);
        Assert.Equal(bias, folded("conv.bias").Values.Span[0], 1e-5);
    }

    [Fact]
    public void Fold_AGraphWithoutNorms_IsItself()
    {
        var graph = FilledNetwork.Tiny().Graph;

        Assert.Same(graph, BatchNormFolding.Fold(graph, FilledNetwork.Lookup(graph.Nodes)).Graph);
    }
}

using System.Collections.Immutable;
using FcnSharp.Networks;

namespace FcnSharp.Weights.Onnx;

/// <summary>An FCN as ONNX operations, from images to scores or labels.</summary>
internal sealed class FcnGraph
{
    private const string Images = "images";

    private readonly OnnxGraph graph = new();
    private readonly FcnNetwork network;
    private readonly FcnArchitecture architecture;

    private FcnGraph(FcnNetwork network) => (this.network, architecture) = (network, new FcnArchitecture(network.Options));

    /// <param name="network">A network without batch normalisation.</param>
    /// <param name="options">What the graph gives.</param>
    public static OnnxGraph Build(FcnNetwork network, OnnxOptions options)
    {
        var builder = new FcnGraph(network);
        builder.Build(options);
        return builder.graph;
    }

    private void Build(OnnxOptions options)
    {
        var alignment = architecture.Alignment;
        graph.Input(Images, "batch", 3, "height", "width");
        var imageSize = SizeOf(Images);

        var map = alignment.SizeMultiple > 1 ? PadToMultiple(Images, imageSize, alignment.SizeMultiple) : Images;
        var pools = new List<string>();
        foreach (var stage in architecture.Stages)
        {
            map = stage.Aggregate(map, Rectified);
            map = graph.Node("MaxPool", [map], OnnxGraph.Ints("kernel_shape", 2, 2), OnnxGraph.Ints("strides", 2, 2),
                OnnxGraph.Int("ceil_mode", 1));
            pools.Add(map);
        }

        var scores = Upsampled(Convolution(Rectified(Rectified(map, architecture.Fc6), architecture.Fc7), architecture.Fc8),
            architecture.Upscore);
        scores = Fused(scores, pools[3], architecture.Score4b, architecture.Upscore4b, alignment.Pool4Offset,
            FcnArchitecture.AtOncePool4Scale);
        scores = Fused(scores, pools[2], architecture.Score3b, architecture.Upscore3b, alignment.Pool3Offset,
            FcnArchitecture.AtOncePool3Scale);
        Finish(scores, imageSize, alignment.ImageOffset, options);
    }

    private void Finish(string scores, string imageSize, int offset, OnnxOptions options)
    {
        var inputs = CropInputs(scores, offset, imageSize);
        if (options.ArgMax)
        {
            graph.AddNode("ArgMax", [graph.Node("Slice", inputs)], "labels", OnnxGraph.Int("axis", 1), OnnxGraph.Int("keepdims", 0));
            graph.Output("labels", isLabels: true, "batch", "height", "width");
        }
        else
        {
            graph.AddNode("Slice", inputs, "scores");
            graph.Output("scores", isLabels: false, "batch", network.Options.NumClasses, "height", "width");
        }
    }

    /// <summary>Adds the scores of a pool to those from below, and enlarges the sum; nothing for variants without that pool.</summary>
    private string Fused(string scores, string pool, ConvolutionSpec? score, UpsamplingSpec? upsampling, int offset, float atOnceScale)
    {
        if (score is null || upsampling is null)
        {
            return scores;
        }

        var scaled = network.Options.AtOnce ? graph.Node("Mul", [pool, graph.Constant(atOnceScale)]) : pool;
        var skip = Convolution(scaled, score);
        var cropped = offset > 0 ? graph.Node("Slice", CropInputs(skip, offset, SizeOf(scores))) : skip;
        return Upsampled(graph.Node("Add", [scores, cropped]), upsampling);
    }

    private string Rectified(string map, ConvolutionSpec layer) => graph.Node("Relu", [Convolution(map, layer)]);

    private string Convolution(string map, ConvolutionSpec layer) =>
        graph.Node("Conv", [map, .. Weights(layer.Weight), .. Weights(layer.Bias)], Kernel(layer.Kernel), Pads(layer.Padding));

    private string Upsampled(string map, UpsamplingSpec layer) =>
        graph.Node(
            "ConvTranspose",
            [map, .. Weights(layer.Weight), .. layer.HasBias ? Weights(layer.Bias) : []],
            Kernel(layer.Kernel), Pads(layer.Padding), OnnxGraph.Ints("strides", layer.Stride, layer.Stride));

    private ImmutableArray<string> Weights(string name) => [graph.Weights(name, network[name].Shape, network[name].Values)];

    private static ProtobufMessage Kernel(int side) => OnnxGraph.Ints("kernel_shape", side, side);

    private static ProtobufMessage Pads(int cells) => OnnxGraph.Ints("pads", cells, cells, cells, cells);

    /// <summary>Height and width of a map.</summary>
    private string SizeOf(string map) => graph.Node("Shape", [map], OnnxGraph.Int("start", 2), OnnxGraph.Int("end", 4));

    /// <summary>Zeros to the right and below: -size modulo the multiple, which ONNX takes in the sign of the divisor.</summary>
    private string PadToMultiple(string map, string size, int multiple)
    {
        var missing = graph.Node("Mod", [graph.Node("Neg", [size]), graph.Constant(multiple, multiple)]);
        var pads = graph.Node("Concat", [graph.Constant(0, 0, 0, 0, 0, 0), missing], OnnxGraph.Int("axis", 0));
        return graph.Node("Pad", [map, pads]);
    }

    /// <summary>Inputs of a Slice that starts at (offset, offset) and has a given height and width.</summary>
    private string[] CropInputs(string map, int offset, string size) =>
        [map, graph.Constant(offset, offset), graph.Node("Add", [size, graph.Constant(offset, offset)]), graph.Constant(2, 3)];
}

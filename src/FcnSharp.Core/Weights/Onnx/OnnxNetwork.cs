using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Weights.Onnx;

/// <summary>Converts a network's graph to ONNX operations, from normalised pictures to scores or labels.</summary>
internal sealed class OnnxNetwork
{
    private const string Images = "images";

    private readonly OnnxGraph graph = new();
    private readonly FcnNetwork network;
    private readonly Dictionary<GraphNode, string> values = [];

    private OnnxNetwork(FcnNetwork network) => this.network = network;

    /// <param name="network">A network without batch normalisation.</param>
    /// <param name="options">The output of the graph.</param>
    public static OnnxGraph Build(FcnNetwork network, OnnxOptions options)
    {
        var builder = new OnnxNetwork(network);
        builder.Build(options);
        return builder.graph;
    }

    private void Build(OnnxOptions options)
    {
        graph.Input(Images, "batch", 3, "height", "width");
        foreach (var node in network.Graph.Nodes.SkipLast(1))
        {
            values[node] = Convert(node);
        }

        // The output of the last operation is named "scores" or "labels".
        var (operation, inputs, attributes) = IsRectified(network.Graph.Output)
            ? ("Relu", [Operation(network.Graph.Output)], [])
            : OperationOf(network.Graph.Output);
        if (options.ArgMax)
        {
            graph.AddNode(
                "ArgMax", [graph.Node(operation, inputs, attributes)], "labels", OnnxGraph.Int("axis", 1), OnnxGraph.Int("keepdims", 0));
            graph.Output("labels", isLabels: true, "batch", "height", "width");
        }
        else
        {
            graph.AddNode(operation, inputs, "scores", attributes);
            graph.Output("scores", isLabels: false, "batch", network.Options.NumClasses, "height", "width");
        }
    }

    private string Convert(GraphNode node)
    {
        if (node is ImageNode)
        {
            return Images;
        }

        var value = Operation(node);
        return IsRectified(node) ? graph.Node("Relu", [value]) : value;
    }

    private static bool IsRectified(GraphNode node) => node is ConvolutionNode { Relu: true } or AddNode { Relu: true };

    private string Operation(GraphNode node)
    {
        var (operation, inputs, attributes) = OperationOf(node);
        return graph.Node(operation, inputs, attributes);
    }

    private (string Operation, string[] Inputs, ProtobufMessage[] Attributes) OperationOf(GraphNode node) => node switch
    {
        ConvolutionNode layer => ("Conv", [values[layer.Input], .. Weights(layer)],
        [
            Square("kernel_shape", layer.Kernel), Pads(layer.Padding),
            .. layer.Stride > 1 ? [Square("strides", layer.Stride)] : Array.Empty<ProtobufMessage>(),
            .. layer.Dilation > 1 ? [Square("dilations", layer.Dilation)] : Array.Empty<ProtobufMessage>(),
        ]),
        TransposedConvolutionNode layer => ("ConvTranspose", [values[layer.Input], .. Weights(layer)],
            [Square("kernel_shape", layer.Kernel), Pads(layer.Padding), Square("strides", layer.Stride)]),
        MaxPoolNode pool => ("MaxPool", [values[pool.Input]],
        [
            Square("kernel_shape", pool.Kernel), Square("strides", pool.Stride), OnnxGraph.Int("ceil_mode", pool.Ceil ? 1 : 0),
            .. pool.Padding > 0 ? [Pads(pool.Padding)] : Array.Empty<ProtobufMessage>(),
        ]),
        AddNode sum => ("Add", [values[sum.Inputs[0]], values[sum.Inputs[1]]], []),
        ScaleNode scale => ("Mul", [values[scale.Inputs[0]], graph.Constant(scale.Factor)], []),
        CropNode crop => ("Slice", CropInputs(values[crop.Input], crop.Offset, SizeOf(values[crop.Like])), []),
        PadNode pad => ("Pad", PadInputs(values[pad.Inputs[0]], pad.Multiple), []),
        ResizeNode resize => ("Resize", ResizeInputs(resize),
            [OnnxGraph.Text("mode", "linear"), OnnxGraph.Text("coordinate_transformation_mode", "half_pixel")]),
        _ => throw new ArgumentException($"{node.Name}: {node.Description} has no counterpart in ONNX."),
    };

    private IEnumerable<string> Weights(GraphNode layer) =>
        layer.Tensors.Select(spec => graph.Weights(spec.Name, spec.Shape, network[spec.Name].Values));

    private static ProtobufMessage Square(string name, int side) => OnnxGraph.Ints(name, side, side);

    private static ProtobufMessage Pads(int cells) => OnnxGraph.Ints("pads", cells, cells, cells, cells);

    /// <summary>Height and width of a map.</summary>
    private string SizeOf(string map) => graph.Node("Shape", [map], OnnxGraph.Int("start", 2), OnnxGraph.Int("end", 4));

    /// <summary>Zeros on the right and below: -size modulo the multiple; in ONNX the result of Mod has the sign of the divisor.</summary>
    private string[] PadInputs(string map, int multiple)
    {
        var missing = graph.Node("Mod", [graph.Node("Neg", [SizeOf(map)]), graph.Constant(multiple, multiple)]);
        return [map, graph.Node("Concat", [graph.Constant(0, 0, 0, 0, 0, 0), missing], OnnxGraph.Int("axis", 0))];
    }

    /// <summary>Inputs of a Slice that starts at (offset, offset) and has a given height and width.</summary>
    private string[] CropInputs(string map, int offset, string size) =>
        [map, graph.Constant(offset, offset), graph.Node("Add", [size, graph.Constant(offset, offset)]), graph.Constant(2, 3)];

    /// <summary>Inputs of a Resize to the size of another map: no region, no scales, and four sizes.</summary>
    private string[] ResizeInputs(ResizeNode node)
    {
        var map = values[node.Input];
        var outer = graph.Node("Shape", [map], OnnxGraph.Int("start", 0), OnnxGraph.Int("end", 2));
        return [map, "", "", graph.Node("Concat", [outer, SizeOf(values[node.Like])], OnnxGraph.Int("axis", 0))];
    }
}

using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Weights.Onnx;

namespace FcnSharp.Tests.Support;

/// <summary>The trunk of a network on a ResNet as an ONNX file of other names, as a classifier's exporter would write it.</summary>
internal static class OnnxResNet
{
    /// <summary>Writes the file.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="network">The network whose trunk is written, followed by a pool and a matrix product.</param>
    /// <param name="change">Returns the replacement of each node; by default the node itself.</param>
    public static void Write(string path, FcnNetwork network, Func<Node, IEnumerable<Node>>? change = null)
    {
        var graph = new OnnxGraph();
        graph.Input("picture", 1, 3, 64, 64);
        foreach (var node in NodesOf(network.Graph).SelectMany(node => change?.Invoke(node) ?? [node]))
        {
            var numbers = node.Numbers.Select(pair => OnnxGraph.Ints(pair.Key, pair.Value));
            var texts = node.Texts.Select(pair => OnnxGraph.Text(pair.Key, pair.Value));
            graph.AddNode(node.Operation, node.Inputs, node.Output, numbers.Concat(texts));
        }

        foreach (var tensor in network.Tensors.Where(tensor => tensor.Name.StartsWith("backbone.", StringComparison.Ordinal)))
        {
            graph.Weights(Renamed(tensor.Name), tensor.Shape, tensor.Values);
        }

        graph.Weights("fc", [10, 8], new float[80]);
        using var stream = File.Create(path);
        graph.Write(stream, []);
    }

    private static IEnumerable<Node> NodesOf(NetworkGraph graph)
    {
        var names = new Dictionary<GraphNode, string> { [graph.Image] = "picture" };
        var last = "";
        foreach (var node in graph.Nodes)
        {
            switch (node)
            {
                case PadNode:
                    names[node] = "picture";
                    break;
                case ConvolutionNode layer when layer.Name.StartsWith("backbone.", StringComparison.Ordinal):
                    string[] bias = layer.HasBias ? [Renamed(layer.Bias)] : [];
                    names[node] = $"{layer.Name}.out";
                    yield return new Node("Conv", [names[layer.Input], Renamed(layer.Weight), .. bias], names[node])
                    {
                        Numbers = new()
                        {
                            ["kernel_shape"] = [layer.Kernel, layer.Kernel], ["strides"] = [layer.Stride, layer.Stride],
                            ["pads"] = [layer.Padding, layer.Padding, layer.Padding, layer.Padding],
                        },
                    };
                    if (layer.Norm is { } norm)
                    {
                        var parts = ConvolutionNode.NormTensors.Select(part => Renamed($"{norm}.{part}"));
                        yield return new Node("BatchNormalization", [names[node], .. parts], norm);
                        names[node] = norm;
                    }

                    if (layer.Relu)
                    {
                        yield return new Node("Relu", [names[node]], $"{layer.Name}.relu");
                        names[node] = $"{layer.Name}.relu";
                    }

                    break;
                case MaxPoolNode pool:
                    names[node] = "pool";
                    yield return new Node("MaxPool", [names[pool.Input]], "pool")
                    {
                        Numbers = new() { ["kernel_shape"] = [3, 3], ["strides"] = [2, 2], ["pads"] = [1, 1, 1, 1] },
                    };
                    break;
                case AddNode { Relu: true } sum:
                    yield return new Node("Add", [names[sum.Inputs[0]], names[sum.Inputs[1]]], $"{sum.Name}.sum");
                    yield return new Node("Relu", [$"{sum.Name}.sum"], sum.Name);
                    names[node] = last = sum.Name;
                    break;
                default:
                    break;
            }
        }

        yield return new Node("GlobalAveragePool", [last], "average");
        yield return new Node("MatMul", ["average", "fc"], "classes");
    }

    private static string Renamed(string tensor) => $"Parameter of {tensor.Replace('.', '/')}";

    /// <summary>An operation.</summary>
    public sealed record Node(string Operation, IReadOnlyList<string> Inputs, string Output)
    {
        public Dictionary<string, long[]> Numbers { get; init; } = [];

        public Dictionary<string, string> Texts { get; init; } = [];
    }
}

using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>Reads the tensors of an ONNX file: a whole segmentation network, or the trunk of a classifier.</summary>
internal static class OnnxReader
{
    /// <summary>Nodes after the last layer of a classifier that keep, reshape or normalise its scores.</summary>
    private static readonly ImmutableArray<string> Endings =
        ["Softmax", "LogSoftmax", "Identity", "Reshape", "Flatten", "Squeeze", "Dropout", "Add"];

    /// <summary>Nodes that discard the spatial dimensions.</summary>
    private static readonly ImmutableArray<string> ClassifierLayers =
        ["Gemm", "MatMul", "GlobalAveragePool", "AveragePool", "ReduceMean"];

    /// <exception cref="ContentException">The file is damaged, or a node of its graph is not supported; the message names the first such
    /// node.</exception>
    public static CheckpointContents Read(Stream stream)
    {
        var file = OnnxFile.Read(stream);
        if (IsClassifier(file))
        {
            return OnnxTrunk.Read(file);
        }

        var (graph, tensors, ignored) = OnnxGraphReader.Read(file);
        var named = GraphRecognition.Find(graph);
        return new CheckpointContents(
            CheckpointFormat.Onnx,
            named is { } found ? Renamed(graph, found.Ours, tensors) : tensors,
            file.Metadata.ToImmutableDictionary(StringComparer.Ordinal),
            Wrapper: "",
            ignored)
        {
            Map = NameMap.OnnxGraph,
            Network = named?.Options ?? new GraphOptions(graph),
        };
    }

    private static bool IsClassifier(OnnxFile file)
    {
        if (file.Outputs.Count == 0)
        {
            return true;
        }

        var makers = new Dictionary<string, OnnxNode>(StringComparer.Ordinal);
        foreach (var node in file.Nodes.Where(node => !node.Outputs.IsEmpty))
        {
            makers.TryAdd(node.Outputs[0], node);
        }

        var value = file.Outputs[0].Name;
        for (var i = 0; i < Endings.Length && makers.TryGetValue(value, out var node); i++)
        {
            if (!Endings.Contains(node.Operation))
            {
                return ClassifierLayers.Contains(node.Operation);
            }

            value = node.Inputs.FirstOrDefault(makers.ContainsKey, "");
        }

        return false;
    }

    private static ImmutableArray<StoredTensor> Renamed(
        NetworkGraph graph, IReadOnlyDictionary<GraphNode, GraphNode> ours, ImmutableArray<StoredTensor> tensors)
    {
        var names = graph.Nodes.SelectMany(node => node.Tensors.Zip(ours[node].Tensors))
            .ToDictionary(pair => pair.First.Name, pair => pair.Second.Name, StringComparer.Ordinal);
        return [.. tensors.Select(tensor => tensor with { Name = names[tensor.Name] })];
    }
}

using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Support;

/// <summary>Computes a graph operation by operation in double precision; batch norm is not folded.</summary>
internal static class NaiveGraph
{
    /// <summary>The result for a normalised picture, (C, H, W).</summary>
    public static double[,,] Score(NetworkGraph graph, Func<string, NamedTensor> tensors, double[,,] picture)
    {
        var maps = new Dictionary<GraphNode, double[,,]> { [graph.Image] = picture };
        foreach (var node in graph.Nodes.Where(node => node is not ImageNode))
        {
            maps[node] = Apply(node, tensors, [.. node.Inputs.Select(input => maps[input])]);
        }

        return maps[graph.Output];
    }

    /// <summary>The output of an operation.</summary>
    public static double[,,] Apply(GraphNode node, Func<string, NamedTensor> tensors, params double[][,,] inputs)
    {
        var x = inputs[0];
        return node switch
        {
            ConvolutionNode convolution => Convolve(convolution, tensors, x),
            TransposedConvolutionNode upsampling => NaiveMaps.Upsample(
                x, tensors(upsampling.Weight), upsampling.HasBias ? tensors(upsampling.Bias) : null, upsampling.Stride, upsampling.Padding),
            MaxPoolNode pool => NaiveMaps.MaxPool(x, pool.Kernel, pool.Stride, pool.Padding, pool.Ceil),
            AddNode { Relu: true } => NaiveMaps.Rectify(NaiveMaps.Add(x, inputs[1])),
            AddNode => NaiveMaps.Add(x, inputs[1]),
            ScaleNode scale => NaiveMaps.Scale(x, scale.Factor),
            CropNode crop => NaiveMaps.Crop(x, crop.Offset, inputs[1].GetLength(1), inputs[1].GetLength(2)),
            PadNode pad => NaiveMaps.Pad(x, pad.Multiple),
            ResizeNode => NaiveMaps.Resize(x, inputs[1].GetLength(1), inputs[1].GetLength(2)),
            _ => throw new ArgumentException($"no such operation: {node.Description}"),
        };
    }

    private static double[,,] Convolve(ConvolutionNode node, Func<string, NamedTensor> tensors, double[,,] x)
    {
        var bias = node.HasBias ? tensors(node.Bias) : null;
        var y = NaiveMaps.Convolve(x, tensors(node.Weight), bias, node.Stride, node.Dilation, node.Padding);
        y = node.Norm is null ? y : NaiveMaps.BatchNorm(y, part => tensors($"{node.Norm}.{part}"));
        return node.Relu ? NaiveMaps.Rectify(y) : y;
    }
}

using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Loading;

/// <summary>Adapts the weights of first convolutions to this library's input: RGB, normalised.</summary>
internal static class FirstWeight
{
    /// <summary>Names of the weights that read the colour channels of the picture.</summary>
    /// <exception cref="WeightFileException">An operation other than a convolution reads them, too.</exception>
    public static HashSet<string> NamesIn(NetworkGraph graph, string path)
    {
        var colours = new HashSet<GraphNode> { graph.Image };
        var weights = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in graph.Nodes.Where(node => node.Inputs.Any(colours.Contains)))
        {
            switch (node)
            {
                case ConvolutionNode convolution:
                    weights.Add(convolution.Weight);
                    break;
                case PadNode or ScaleNode or MaxPoolNode or CropNode or ResizeNode:
                    if (colours.Contains(node.Inputs[0]))
                    {
                        colours.Add(node);
                    }

                    break;
                default:
                    throw new WeightFileException(
                        path, $"has a {node.Description} that reads the picture, so its channels cannot be flipped from BGR to RGB.",
                        $"Leave {nameof(CheckpointOptions.ChannelOrder)} out, and give the predictor pictures in BGR.");
            }
        }

        return weights;
    }

    /// <summary>Changes a weight in place.</summary>
    /// <param name="values">The values of the weight.</param>
    /// <param name="shape">(out, 3, rows, columns).</param>
    /// <param name="flips">Whether it reads BGR.</param>
    /// <param name="scale">Factors of the channels' weights, in RGB order; null for none.</param>
    public static void Adapt(Span<float> values, ImmutableArray<int> shape, bool flips, ChannelValues? scale)
    {
        var area = shape[2] * shape[3];
        for (var at = 0; at < values.Length; at += 3 * area)
        {
            var red = values.Slice(at, area);
            var green = values.Slice(at + area, area);
            var blue = values.Slice(at + (2 * area), area);
            if (flips)
            {
                Swap(red, blue);
            }

            if (scale is { } factors)
            {
                Multiply(red, factors.R);
                Multiply(green, factors.G);
                Multiply(blue, factors.B);
            }
        }
    }

    private static void Swap(Span<float> first, Span<float> second)
    {
        for (var i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = (second[i], first[i]);
        }
    }

    private static void Multiply(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}

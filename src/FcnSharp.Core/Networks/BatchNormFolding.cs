using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>
/// Folds batch normalisation into the convolution before it (Ioffe and Szegedy, 2015, section 3.1): with s = gamma / sqrt(var + eps),
/// the weight becomes s * weight and the bias s * (bias - mean) + beta.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>The epsilon that is added to the variance; PyTorch's default.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The network without batch normalisation that gives the same scores. A tensor is folded whenever it is requested.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its tensors by name.</param>
    /// <param name="inPlace">Whether weights are folded in place, which saves the memory of a copy.</param>
    public static (NetworkGraph Graph, Func<string, NamedTensor> Tensors) Fold(
        NetworkGraph graph, Func<string, NamedTensor> tensors, bool inPlace = false)
    {
        var normed = graph.Nodes.OfType<ConvolutionNode>().Where(node => node.Norm is not null).ToList();
        if (normed.Count == 0)
        {
            return (graph, tensors);
        }

        var weights = normed.ToDictionary(node => node.Weight, StringComparer.Ordinal);
        var biases = normed.ToDictionary(node => node.Bias, StringComparer.Ordinal);
        return (
            graph.Changed((node, inputs) => node is ConvolutionNode convolution ? convolution.Folded(inputs[0]) : node.On(inputs)),
            name => weights.TryGetValue(name, out var node) ? FoldedWeight(node, tensors, inPlace)
                : biases.TryGetValue(name, out node) ? FoldedBias(node, tensors)
                : tensors(name));
    }

    /// <summary>The factor of the weights of a channel.</summary>
    public static double Scale(float gamma, float variance) => gamma / Math.Sqrt(variance + Epsilon);

    /// <summary>The bias of a channel after folding.</summary>
    public static float Bias(float bias, float mean, double scale, float beta) => (float)(((bias - mean) * scale) + beta);

    private static NamedTensor FoldedWeight(ConvolutionNode layer, Func<string, NamedTensor> tensors, bool inPlace)
    {
        var weight = tensors(layer.Weight);
        var scales = Scales(layer, tensors);
        var folded = inPlace
            ? MemoryMarshal.AsMemory(weight.Values)
            : GC.AllocateUninitializedArray<float>(weight.Values.Length);
        var perChannel = folded.Length / layer.Channels;
        Parallel.For(0, layer.Channels, channel =>
        {
            var place = channel * perChannel;
            Multiply(weight.Values.Span.Slice(place, perChannel), scales[channel], folded.Span.Slice(place, perChannel));
        });
        return new NamedTensor(weight.Name, weight.Shape, folded);
    }

    /// <summary>Multiplies in double precision and rounds once. Skips tiered compilation: the method runs over all weights of a network
    /// before the runtime would optimise it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(ReadOnlySpan<float> values, double scale, Span<float> products)
    {
        var at = 0;
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(values[at..]), out var lower, out var upper);
            Vector.Narrow(lower * scale, upper * scale).CopyTo(products[at..]);
        }

        for (; at < values.Length; at++)
        {
            products[at] = (float)(values[at] * scale);
        }
    }

    private static NamedTensor FoldedBias(ConvolutionNode layer, Func<string, NamedTensor> tensors)
    {
        var old = layer.HasBias ? tensors(layer.Bias).Values : new float[layer.Channels];
        var (mean, beta) = (tensors($"{layer.Norm}.running_mean").Values, tensors($"{layer.Norm}.bias").Values);
        var folded = Scales(layer, tensors).Select((scale, i) => Bias(old.Span[i], mean.Span[i], scale, beta.Span[i])).ToArray();
        return new NamedTensor(layer.Bias, [layer.Channels], folded);
    }

    private static double[] Scales(ConvolutionNode layer, Func<string, NamedTensor> tensors)
    {
        var (gamma, variance) = (tensors($"{layer.Norm}.weight").Values, tensors($"{layer.Norm}.running_var").Values);
        return [.. Enumerable.Range(0, layer.Channels).Select(i => Scale(gamma.Span[i], variance.Span[i]))];
    }
}

using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>
/// Takes batch normalisation into the convolution before it (Ioffe and Szegedy, 2015, section 3.1): with s = gamma / sqrt(var + eps),
/// the weight becomes s * weight and the bias s * (bias - mean) + beta.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>Added to the variance; PyTorch's default.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>The network without normalisation that gives the same scores.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its tensors by name.</param>
    public static (NetworkGraph Graph, Func<string, NamedTensor> Tensors) Fold(NetworkGraph graph, Func<string, NamedTensor> tensors)
    {
        var folded = graph.Nodes.OfType<ConvolutionNode>().Where(node => node.Norm is not null)
            .SelectMany(node => Fold(node, tensors))
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        return folded.Count == 0
            ? (graph, tensors)
            : (graph.Changed((node, inputs) => node is ConvolutionNode convolution ? convolution.Folded(inputs[0]) : node.On(inputs)),
                name => folded.GetValueOrDefault(name) ?? tensors(name));
    }

    /// <summary>What the weights of a channel are multiplied by.</summary>
    public static double Scale(float gamma, float variance) => gamma / Math.Sqrt(variance + Epsilon);

    /// <summary>The bias of a channel after folding.</summary>
    public static float Bias(float bias, float mean, double scale, float beta) => (float)(((bias - mean) * scale) + beta);

    private static IEnumerable<NamedTensor> Fold(ConvolutionNode layer, Func<string, NamedTensor> tensors)
    {
        var weight = tensors(layer.Weight);
        var (gamma, beta) = (Values("weight"), Values("bias"));
        var (mean, variance) = (Values("running_mean"), Values("running_var"));
        var oldBias = layer.HasBias ? tensors(layer.Bias).Values : new float[layer.Channels];

        var newWeight = weight.Values.ToArray();
        var newBias = new float[layer.Channels];
        var perChannel = newWeight.Length / layer.Channels;
        for (var channel = 0; channel < layer.Channels; channel++)
        {
            var scale = Scale(gamma.Span[channel], variance.Span[channel]);
            foreach (ref var value in newWeight.AsSpan(channel * perChannel, perChannel))
            {
                value = (float)(value * scale);
            }

            newBias[channel] = Bias(oldBias.Span[channel], mean.Span[channel], scale, beta.Span[channel]);
        }

        return [new NamedTensor(weight.Name, weight.Shape, newWeight), new NamedTensor(layer.Bias, [layer.Channels], newBias)];

        ReadOnlyMemory<float> Values(string part) => tensors($"{layer.Norm}.{part}").Values;
    }
}

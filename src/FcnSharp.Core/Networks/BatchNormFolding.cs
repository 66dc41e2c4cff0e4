using System.Collections.Immutable;

namespace FcnSharp.Networks;

/// <summary>
/// Takes batch normalisation into the convolution before it (Ioffe and Szegedy, 2015, section 3.1): with s = gamma / sqrt(var + eps),
/// the weight becomes s * weight and the bias s * (bias - mean) + beta.
/// </summary>
internal static class BatchNormFolding
{
    /// <summary>Added to the variance; PyTorch's default.</summary>
    public const double Epsilon = 1e-5;

    public static FcnNetwork Fold(FcnNetwork network)
    {
        if (!network.Options.BatchNorm)
        {
            return network;
        }

        var options = network.Options with { BatchNorm = false };
        var folded = new FcnArchitecture(options).RectifiedConvolutions
            .SelectMany(layer => Fold(network, layer))
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var tensors = StateDict.TensorsOf(options).Select(spec => folded.GetValueOrDefault(spec.Name) ?? network[spec.Name]);
        return new FcnNetwork(options, tensors, network.Card);
    }

    /// <summary>What the weights of a channel are multiplied by.</summary>
    public static double Scale(float gamma, float variance) => gamma / Math.Sqrt(variance + Epsilon);

    /// <summary>The bias of a channel after folding.</summary>
    public static float Bias(float bias, float mean, double scale, float beta) => (float)(((bias - mean) * scale) + beta);

    private static IEnumerable<NetworkTensor> Fold(FcnNetwork network, ConvolutionSpec layer)
    {
        var weight = network[layer.Weight];
        var (gamma, beta) = (Values("weight"), Values("bias"));
        var (mean, variance) = (Values("running_mean"), Values("running_var"));
        var oldBias = network[layer.Bias].Values;

        var newWeight = weight.Values.ToArray();
        var newBias = new float[layer.OutChannels];
        var perChannel = newWeight.Length / layer.OutChannels;
        for (var channel = 0; channel < layer.OutChannels; channel++)
        {
            var scale = Scale(gamma.Span[channel], variance.Span[channel]);
            foreach (ref var value in newWeight.AsSpan(channel * perChannel, perChannel))
            {
                value = (float)(value * scale);
            }

            newBias[channel] = Bias(oldBias.Span[channel], mean.Span[channel], scale, beta.Span[channel]);
        }

        return [new NetworkTensor(weight.Name, weight.Shape, newWeight), new NetworkTensor(layer.Bias, [layer.OutChannels], newBias)];

        ReadOnlyMemory<float> Values(string part) => network[$"{layer.BatchNorm}.{part}"].Values;
    }
}

using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>Checks that a network's weights are finite, also after batch norm is folded.</summary>
internal static class WeightValues
{
    /// <summary>The remedy for a file with unusable values.</summary>
    public const string Advice = "Fetch the file again; if it is complete, the training diverged: use an earlier checkpoint.";

    /// <summary>The first tensor with a value that is infinite or NaN, with a negative variance, or that overflows when batch norm is
    /// folded; null if there is none.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its tensors by name.</param>
    public static TensorMismatch? FindFault(NetworkGraph graph, Func<string, NamedTensor> tensors)
    {
        return graph.Tensors.Select(spec => FindFault(tensors(spec.Name)))
            .Concat(Normed(graph).Select(layer => FindFault(layer, tensors)))
            .FirstOrDefault(fault => fault is not null);
    }

    /// <summary>Tensors that are checked when they are requested, so that they need not be in memory at the same time.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its tensors by name.</param>
    /// <param name="refuse">Makes the exception.</param>
    public static Func<string, NamedTensor> Checked(
        NetworkGraph graph, Func<string, NamedTensor> tensors, Func<TensorMismatch, Exception> refuse)
    {
        var normed = Normed(graph).ToDictionary(layer => layer.Weight, StringComparer.Ordinal);
        return Read;

        NamedTensor Read(string name)
        {
            var tensor = tensors(name);
            var fault = FindFault(tensor)
                ?? (normed.TryGetValue(name, out var layer) ? FindFault(layer, part => part == name ? tensor : Read(part)) : null);
            return fault is null ? tensor : throw refuse(fault);
        }
    }

    private static IEnumerable<ConvolutionNode> Normed(NetworkGraph graph) =>
        graph.Nodes.OfType<ConvolutionNode>().Where(layer => layer.Norm is not null);

    private static TensorMismatch? FindFault(NamedTensor tensor) =>
        NonFinite.IndexIn(tensor.Values.Span) is >= 0 and var index ? Mismatch(tensor, "finite numbers", index, "") : null;

    /// <summary>The coordinates of an element, formatted like a shape.</summary>
    private static string Place(ImmutableArray<int> shape, int index)
    {
        var place = new int[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--)
        {
            (index, place[axis]) = Math.DivRem(index, shape[axis]);
        }

        return NamedTensor.ShapeText(ImmutableCollectionsMarshal.AsImmutableArray(place));
    }

    private static TensorMismatch? FindFault(ConvolutionNode layer, Func<string, NamedTensor> tensors)
    {
        var (weight, variances) = (tensors(layer.Weight), tensors($"{layer.Norm}.running_var"));
        var bias = layer.HasBias ? tensors(layer.Bias) : new NamedTensor(layer.Bias, [layer.Channels], new float[layer.Channels]);
        var variance = variances.Values.Span;
        var gamma = tensors($"{layer.Norm}.weight").Values.Span;
        var beta = tensors($"{layer.Norm}.bias").Values.Span;
        var mean = tensors($"{layer.Norm}.running_mean").Values.Span;
        var perChannel = weight.Values.Length / layer.Channels;
        for (var channel = 0; channel < layer.Channels; channel++)
        {
            if (variance[channel] < 0)
            {
                return Mismatch(variances, "variances from 0 up", channel, "");
            }

            var scale = BatchNormFolding.Scale(gamma[channel], variance[channel]);
            var filter = weight.Values.Span.Slice(channel * perChannel, perChannel);
            if (!float.IsFinite((float)(Largest(filter) * scale)))
            {
                return Mismatch(weight, "weights that batch norm keeps finite", (channel * perChannel) + IndexOfOverflow(filter, scale),
                    Guard.Text($", which {layer.Norm} multiplies by {scale:G3}"));
            }

            if (!float.IsFinite(BatchNormFolding.Bias(bias.Values.Span[channel], mean[channel], scale, beta[channel])))
            {
                return Mismatch(bias, "biases that batch norm keeps finite", channel,
                    Guard.Text($", which {layer.Norm} shifts by {-mean[channel]} and multiplies by {scale:G3}"));
            }
        }

        return null;
    }

    /// <summary>The largest magnitude.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Largest(ReadOnlySpan<float> values)
    {
        var vectors = MemoryMarshal.Cast<float, Vector<float>>(values);
        var lanes = Vector<float>.Zero;
        foreach (var vector in vectors)
        {
            lanes = Vector.Max(lanes, Vector.Abs(vector));
        }

        var largest = 0f;
        for (var lane = 0; lane < Vector<float>.Count; lane++)
        {
            largest = MathF.Max(largest, lanes[lane]);
        }

        foreach (var value in values[(vectors.Length * Vector<float>.Count)..])
        {
            largest = MathF.Max(largest, MathF.Abs(value));
        }

        return largest;
    }

    private static int IndexOfOverflow(ReadOnlySpan<float> filter, double scale)
    {
        var index = 0;
        while (float.IsFinite((float)(filter[index] * scale)))
        {
            index++;
        }

        return index;
    }

    private static TensorMismatch Mismatch(NamedTensor tensor, string expected, int index, string more) =>
        new(tensor.Name, expected, Guard.Text($"{tensor.Values.Span[index]} at {Place(tensor.Shape, index)}{more}"));
}

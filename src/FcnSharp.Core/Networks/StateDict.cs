using System.Collections.Immutable;

namespace FcnSharp.Networks;

/// <summary>Which tensors a network's state dict holds, and whether a given set of tensors is one.</summary>
public static class StateDict
{
    private static readonly string[] BatchNormParts = ["weight", "bias", "running_mean", "running_var"];

    /// <summary>The tensors of a network, in the order in which a module registers them.</summary>
    /// <remarks>
    /// A batch-normalised convolution <c>conv1.0</c> adds <c>conv1.0.bn.weight</c>, <c>.bias</c>, <c>.running_mean</c> and
    /// <c>.running_var</c>. PyTorch's <c>.num_batches_tracked</c> counters are not part of a network: they do not change its output.
    /// </remarks>
    public static IEnumerable<TensorSpec> TensorsOf(FcnOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var architecture = new FcnArchitecture(options);
        var rectified = architecture.RectifiedConvolutions.SelectMany(
            layer => Convolution(layer).Concat(options.BatchNorm ? BatchNorm(layer) : []));
        return rectified
            .Concat(architecture.ScoreLayers.SelectMany(Convolution))
            .Concat(architecture.Upsamplers.SelectMany(Upsampler));
    }

    /// <summary>How many numbers a network of these options learns: weights, biases and batch-norm scales and shifts.</summary>
    public static long CountParameters(FcnOptions options) =>
        TensorsOf(options)
            .Where(tensor => !tensor.Name.Contains(".running_", StringComparison.Ordinal))
            .Sum(tensor => tensor.Shape.Aggregate(1L, (count, size) => count * size));

    /// <summary>Compares tensors with what the options ask for: the first difference, or null when all are there and fit.</summary>
    internal static TensorMismatch? FindMismatch(FcnOptions options, IReadOnlyDictionary<string, ImmutableArray<int>> shapes)
    {
        var wanted = TensorsOf(options).ToList();
        foreach (var (name, shape) in wanted)
        {
            if (!shapes.TryGetValue(name, out var actual))
            {
                return new TensorMismatch(name, NetworkTensor.ShapeText(shape), "no such tensor");
            }

            if (!actual.AsSpan().SequenceEqual(shape.AsSpan()))
            {
                return new TensorMismatch(name, NetworkTensor.ShapeText(shape), NetworkTensor.ShapeText(actual));
            }
        }

        var names = wanted.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return shapes.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unexpected
            ? new TensorMismatch(unexpected, "no such tensor", NetworkTensor.ShapeText(shapes[unexpected]))
            : null;
    }

    private static IEnumerable<TensorSpec> Convolution(ConvolutionSpec layer) =>
    [
        new(layer.Weight, [layer.OutChannels, layer.InChannels, layer.Kernel, layer.Kernel]),
        new(layer.Bias, [layer.OutChannels]),
    ];

    private static IEnumerable<TensorSpec> BatchNorm(ConvolutionSpec layer) =>
        BatchNormParts.Select(part => new TensorSpec($"{layer.BatchNorm}.{part}", [layer.OutChannels]));

    private static IEnumerable<TensorSpec> Upsampler(UpsamplingSpec layer)
    {
        yield return new TensorSpec(layer.Weight, [layer.Channels, layer.Channels, layer.Kernel, layer.Kernel]);
        if (layer.HasBias)
        {
            yield return new TensorSpec(layer.Bias, [layer.Channels]);
        }
    }
}

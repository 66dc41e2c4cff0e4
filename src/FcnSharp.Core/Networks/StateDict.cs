using System.Collections.Immutable;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>The names and shapes of the tensors in a network's state dict.</summary>
public static class StateDict
{
    /// <summary>The tensors of a network, in the order in which a module registers them.</summary>
    /// <remarks>
    /// A batch-normalised convolution <c>conv1.0</c> of a VGG adds <c>conv1.0.bn.weight</c>, <c>.bias</c>, <c>.running_mean</c> and
    /// <c>.running_var</c>; a ResNet has torchvision's names under <c>backbone.</c>. PyTorch's <c>.num_batches_tracked</c> counters are not
    /// part of a network: they do not change its output.
    /// </remarks>
    public static IEnumerable<TensorSpec> TensorsOf(NetworkOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.ToGraph().Tensors;
    }

    /// <summary>The number of trainable parameters: weights, biases and batch-norm scales and shifts.</summary>
    public static long CountParameters(NetworkOptions options) =>
        TensorsOf(options)
            .Where(tensor => !tensor.Name.Contains(".running_", StringComparison.Ordinal))
            .Sum(tensor => tensor.Shape.Aggregate(1L, (count, size) => count * size));

    /// <summary>The exception for tensors with unusable values, such as NaN.</summary>
    internal static ArgumentException Refusal(TensorMismatch fault) =>
        new($"The weights cannot be computed with: {fault} Take them from before the training diverged.");

    /// <summary>The checked tensors of a graph, by name.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="tensors">Its tensors, in any order.</param>
    /// <param name="refuse">Makes the exception for unusable values, such as NaN.</param>
    /// <exception cref="ArgumentException">A tensor is missing, unexpected, duplicated or has the wrong shape.</exception>
    internal static Dictionary<string, NamedTensor> Checked(
        NetworkGraph graph, IEnumerable<NamedTensor> tensors, Func<TensorMismatch, Exception> refuse)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        if (FindMismatch(graph, byName.ToDictionary(pair => pair.Key, pair => pair.Value.Shape)) is { } mismatch)
        {
            throw new ArgumentException($"The tensors are not those of this network: {mismatch}", nameof(tensors));
        }

        return WeightValues.FindFault(graph, name => byName[name]) is not { } fault ? byName : throw refuse(fault);
    }

    /// <summary>Compares tensors with those that a network needs: the first difference, or null if there is none.</summary>
    internal static TensorMismatch? FindMismatch(NetworkGraph graph, IReadOnlyDictionary<string, ImmutableArray<int>> shapes)
    {
        var wanted = graph.Tensors.ToList();
        foreach (var (name, shape) in wanted)
        {
            if (!shapes.TryGetValue(name, out var actual))
            {
                return new TensorMismatch(name, NamedTensor.ShapeText(shape), "no such tensor");
            }

            if (!actual.AsSpan().SequenceEqual(shape.AsSpan()))
            {
                return new TensorMismatch(name, NamedTensor.ShapeText(shape), NamedTensor.ShapeText(actual));
            }
        }

        var names = wanted.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return shapes.Keys.FirstOrDefault(name => !names.Contains(name)) is { } unexpected
            ? new TensorMismatch(unexpected, "no such tensor", NamedTensor.ShapeText(shapes[unexpected]))
            : null;
    }
}

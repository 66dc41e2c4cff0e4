using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Weights.Formats;

namespace FcnSharp.Weights.Loading;

/// <summary>The tensors of a file under this library's names, by the name map that fits best.</summary>
internal sealed class NamedTensors
{
    private const int TrunkLayers = 13;
    private const int FullyConnectedArea = 7 * 7;

    private static readonly ImmutableArray<string> Prefixes = ["module.", "_orig_mod.", "model."];

    private NamedTensors(NameMap map, string prefix, Dictionary<string, FoundTensor> ours, ImmutableArray<StoredTensor> others) =>
        (Map, Prefix, Ours, Others) = (map, prefix, ours, others);

    public NameMap Map { get; }

    /// <summary>What every name started with.</summary>
    public string Prefix { get; }

    /// <summary>Tensors that have a place in our networks, by our names.</summary>
    public IReadOnlyDictionary<string, FoundTensor> Ours { get; }

    /// <summary>Tensors for which the map has no layer.</summary>
    public ImmutableArray<StoredTensor> Others { get; }

    /// <exception cref="WeightFileException">No map fits.</exception>
    public static NamedTensors From(string path, ImmutableArray<StoredTensor> tensors)
    {
        var prefix = CommonPrefix(tensors);
        var best = NameMap.All.MaxBy(map => tensors.Count(tensor => map.ToOurs(tensor.Name[prefix.Length..]) is not null))!;
        var trunk = best.Layers.Where(layer => layer.Key.StartsWith("conv", StringComparison.Ordinal))
            .Select(layer => $"{prefix}{layer.Value}.weight").ToHashSet(StringComparer.Ordinal);
        if (tensors.Count(tensor => trunk.Contains(tensor.Name)) <= TrunkLayers / 2)
        {
            throw new WeightFileException(
                path,
                $"has {tensors.Length} tensors ({string.Join(", ", tensors.Take(4).Select(tensor => tensor.Name))}, " +
                "...) whose names fit none of the maps tried: " +
                $"{string.Join(", ", NameMap.All.Select(map => map.Name))}. Give the weights of a VGG-16 based FCN, or rename them.");
        }

        var ours = new Dictionary<string, FoundTensor>(StringComparer.Ordinal);
        var others = ImmutableArray.CreateBuilder<StoredTensor>();
        var stage5 = tensors.FirstOrDefault(tensor => tensor.Name == $"{prefix}{best.ToForeign("conv5.4.weight")}")?.Shape.FirstOrDefault()
            ?? 0;
        foreach (var tensor in tensors)
        {
            var foreign = tensor.Name[prefix.Length..];
            if (best.ToOurs(foreign) is { } name && !name.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
            {
                ours[name] = new FoundTensor(tensor, foreign, AsConvolution(name, tensor.Shape, stage5));
            }
            else
            {
                others.Add(tensor);
            }
        }

        return new NamedTensors(best, prefix, ours, others.ToImmutable());
    }

    private static string CommonPrefix(ImmutableArray<StoredTensor> tensors)
    {
        var prefix = "";
        while (Prefixes.FirstOrDefault(next => tensors.All(tensor => tensor.Name.StartsWith(prefix + next, StringComparison.Ordinal)))
            is { } more)
        {
            prefix += more;
        }

        return prefix;
    }

    /// <summary>A fully connected layer over pool5 is a convolution of 7x7 with the same numbers in the same order; any other is one of
    /// 1x1.</summary>
    private static ImmutableArray<int> AsConvolution(string name, ImmutableArray<int> shape, int stage5) =>
        shape is [var outputs, var inputs] && name.EndsWith(".weight", StringComparison.Ordinal)
            ? name == "fc6.0.weight" && stage5 > 0 && inputs == (long)stage5 * FullyConnectedArea
                ? [outputs, stage5, 7, 7]
                : [outputs, inputs, 1, 1]
            : shape;
}

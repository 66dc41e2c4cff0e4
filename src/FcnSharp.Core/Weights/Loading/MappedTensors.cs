using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights.Formats;

namespace FcnSharp.Weights.Loading;

/// <summary>The tensors of a file with this library's names, translated by the name map that fits best.</summary>
internal sealed class MappedTensors
{
    private const int TrunkLayers = 13;
    private const int FullyConnectedArea = 7 * 7;

    /// <summary>The largest number of prefixes that are removed, one after the other.</summary>
    private const int MaxPrefixes = 4;

    private static readonly ImmutableArray<string> Prefixes = ["module.", "_orig_mod.", "model."];

    private MappedTensors(NameMap map, string prefix, Dictionary<string, FoundTensor> ours, ILookup<bool, StoredTensor> others)
    {
        (Map, Prefix, Ours) = (map, prefix, ours);
        (OtherLayers, Others) = ([.. others[true]], [.. others[false]]);
    }

    public NameMap Map { get; }

    /// <summary>The common prefix of all names, which is removed.</summary>
    public string Prefix { get; }

    /// <summary>Tensors that this library's networks have, by our names.</summary>
    public IReadOnlyDictionary<string, FoundTensor> Ours { get; }

    /// <summary>Tensors of layers that this library's networks do not have.</summary>
    public ImmutableArray<StoredTensor> OtherLayers { get; }

    /// <summary>Tensors that belong to no layer, or that the map lists as irrelevant.</summary>
    public ImmutableArray<StoredTensor> Others { get; }

    /// <exception cref="WeightFileException">There are no tensors, no map fits, or the trunk is that of a VGG-19.</exception>
    public static MappedTensors From(string path, CheckpointContents contents, NameMap? asked)
    {
        var tensors = contents.Tensors;
        if (tensors.IsEmpty)
        {
            throw new WeightFileException(path, "holds no tensors.", "Give the weights of an FCN, a VGG-16 or a ResNet.");
        }

        if (contents.Network is not null)
        {
            return new MappedTensors(
                contents.Map!,
                prefix: "",
                tensors.ToDictionary(
                    tensor => tensor.Name, tensor => new FoundTensor(tensor, tensor.Name, tensor.Shape), StringComparer.Ordinal),
                Enumerable.Empty<StoredTensor>().ToLookup(_ => false));
        }

        var prefix = CommonPrefix(tensors);
        var best = contents.Map ?? asked
            ?? NameMap.All.MaxBy(map => tensors.Count(tensor => map.ToOurs(tensor.Name[prefix.Length..]) is not null))!;
        if (tensors.Count(IsWeightOfTrunk) <= TrunkLayers / 2)
        {
            throw new WeightFileException(
                path,
                $"has {tensors.Length} tensors ({FileText.Shown(string.Join(", ", tensors.Take(4).Select(tensor => tensor.Name)))}, " +
                "...) whose names fit none of the maps tried: " +
                $"{(asked is null ? string.Join(", ", NameMap.All.Select(map => map.Name)) : asked.Name)}.",
                $"Give the weights of an FCN, a VGG-16 or a ResNet, or set {nameof(CheckpointOptions.NameMap)}.");
        }

        if (!best.Vgg19Layers.IsEmpty && best.Vgg19Layers.All(layer => tensors.Any(tensor => tensor.Name == $"{prefix}{layer}.weight")))
        {
            throw new WeightFileException(
                path,
                $"looks like a VGG-19: it has the layers {string.Join(", ", best.Vgg19Layers)}, which a VGG-16 lacks, " +
                $"under the names of {best.Name}.", "Give the weights of a VGG-16 based FCN.");
        }

        var ours = new Dictionary<string, FoundTensor>(StringComparer.Ordinal);
        var others = new List<StoredTensor>();
        var stage5 = tensors.FirstOrDefault(tensor => best.ToOurs(tensor.Name[prefix.Length..]) == "conv5.4.weight")?.Shape.FirstOrDefault()
            ?? 0;
        foreach (var tensor in tensors)
        {
            var foreign = tensor.Name[prefix.Length..];
            if (!best.IsIrrelevant(foreign) && best.ToOurs(foreign) is { } name)
            {
                ours[name] = new FoundTensor(tensor, foreign, AsConvolution(name, tensor.Shape, stage5));
            }
            else
            {
                others.Add(tensor);
            }
        }

        var names = tensors.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new MappedTensors(
            best, prefix, ours,
            others.ToLookup(tensor => !best.IsIrrelevant(tensor.Name[prefix.Length..]) && IsOfLayer(tensor, names)));

        bool IsWeightOfTrunk(StoredTensor tensor) =>
            tensor.Name.EndsWith(".weight", StringComparison.Ordinal)
            && best.ToOurs(tensor.Name[prefix.Length..]) is { } name && TrunkOptions.IsTrunkTensor(name);
    }

    /// <summary>Whether a tensor is the kernel or matrix of a layer, or belongs to a norm; counters and class weights of a loss do
    /// not.</summary>
    private static bool IsOfLayer(StoredTensor tensor, HashSet<string> names)
    {
        var layer = tensor.Name[..(tensor.Name.LastIndexOf('.') + 1)];
        return tensor.Shape.Length > 1 || (names.Contains($"{layer}weight") && names.Contains($"{layer}bias"));
    }

    private static string CommonPrefix(ImmutableArray<StoredTensor> tensors)
    {
        var prefix = "";
        for (var i = 0; i < MaxPrefixes; i++)
        {
            prefix += Prefixes.FirstOrDefault(
                next => tensors.All(tensor => tensor.Name.StartsWith(prefix + next, StringComparison.Ordinal)));
        }

        return prefix;
    }

    /// <summary>A fully connected layer over pool5 is a 7x7 convolution with the same values in the same order; any other is a 1x1
    /// convolution.</summary>
    private static ImmutableArray<int> AsConvolution(string name, ImmutableArray<int> shape, int stage5) =>
        shape is [var outputs, var inputs] && name.EndsWith(".weight", StringComparison.Ordinal)
            ? name == "fc6.0.weight" && stage5 > 0 && inputs == (long)stage5 * FullyConnectedArea
                ? [outputs, stage5, 7, 7]
                : [outputs, inputs, 1, 1]
            : shape;
}

/// <summary>A tensor of the file that this library's networks have.</summary>
/// <param name="Stored">The tensor in the file.</param>
/// <param name="ForeignName">Its name in the file without prefixes.</param>
/// <param name="Shape">Its shape in this library: that of a convolution for a fully connected layer.</param>
internal sealed record FoundTensor(StoredTensor Stored, string ForeignName, ImmutableArray<int> Shape);

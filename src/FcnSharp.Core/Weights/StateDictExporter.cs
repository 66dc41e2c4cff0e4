using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights.Loading;

namespace FcnSharp.Weights;

/// <summary>Writes a network as a safetensors file under another tool's names, for that tool to load.</summary>
public static class StateDictExporter
{
    private const string FirstConvolution = "conv1.0.weight";

    /// <summary>Writes a file: beside <paramref name="path"/> first, then renamed.</summary>
    /// <param name="network">Batch normalisation is folded where the map has no layers for it.</param>
    /// <param name="path">Where to; by custom it ends in <c>.safetensors</c>.</param>
    /// <param name="map">
    /// Whose names. Where that tool's networks expect BGR pictures the first convolution is flipped, so that loading the file here again
    /// gives the same network. The metadata are those of a model file; mean and std stay in RGB order.
    /// </param>
    /// <param name="precision">Bits per weight.</param>
    /// <exception cref="ArgumentException">The map has no name for a layer of the network, or a weight is beyond half
    /// precision.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(FcnNetwork network, string path, NameMap map, WeightPrecision precision = WeightPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(map);
        var plain = map.Layers.ContainsKey("fc6.0.bn") ? network : network.FoldBatchNorm();
        if (plain.Tensors.FirstOrDefault(tensor => !map.Layers.ContainsKey(LayerOf(tensor.Name))) is { } nameless)
        {
            throw new ArgumentException($"{map.Name} has no name for {nameless.Name} of this {network.Options.Variant}. " +
                "Choose the map of that network.", nameof(map));
        }

        var tensors = plain.Tensors.Select(tensor => new NamedTensor(map.ToForeign(tensor.Name), tensor.Shape, ValuesOf(tensor, map)))
            .ToList();
        SafetensorsFile.Write(path, tensors, ModelMetadata.Write(plain.Options, plain.Card), precision);
    }

    private static string LayerOf(string tensor) => tensor[..tensor.LastIndexOf('.')];

    private static ReadOnlyMemory<float> ValuesOf(NamedTensor tensor, NameMap map)
    {
        if (map.ChannelOrder == ChannelOrder.Rgb || tensor.Name != FirstConvolution)
        {
            return tensor.Values;
        }

        var flipped = tensor.Values.ToArray();
        ChannelFlip.Apply(flipped, tensor.Shape);
        return flipped;
    }
}

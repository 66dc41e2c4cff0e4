using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Weights.Loading;

namespace FcnSharp.Weights;

/// <summary>Writes networks as safetensors files with the tensor names of another tool, so that the tool can load them.</summary>
public static class StateDictExporter
{
    /// <summary>Writes a file atomically: to a temporary file first, which is then renamed.</summary>
    /// <param name="network">The network; its batch normalisation is folded if the map has no names for it.</param>
    /// <param name="path">The file to write; by convention its name ends in <c>.safetensors</c>.</param>
    /// <param name="map">
    /// The names to use. If the tool's networks expect BGR pictures, the first convolution is flipped, so that loading the file again
    /// gives the same network. The metadata are those of a model file; mean and std stay in RGB order.
    /// </param>
    /// <param name="precision">Number format of the weights.</param>
    /// <exception cref="ArgumentException">The map has no name for a layer of the network, or a weight is beyond the range of half
    /// precision.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(FcnNetwork network, string path, NameMap map, WeightPrecision precision = WeightPrecision.Float32)
    {
        var (tensors, metadata) = Exported(network, map);
        SafetensorsFile.Write(path, tensors, metadata, precision);
    }

    /// <summary>Writes the same to a stream, at its current position.</summary>
    /// <param name="network">As for a path.</param>
    /// <param name="stream">The stream to write to. The caller disposes it.</param>
    /// <param name="map">As for a path.</param>
    /// <param name="precision">Number format of the weights.</param>
    /// <inheritdoc cref="Save(FcnNetwork, string, NameMap, WeightPrecision)" path="/exception"/>
    public static void Save(FcnNetwork network, Stream stream, NameMap map, WeightPrecision precision = WeightPrecision.Float32)
    {
        var (tensors, metadata) = Exported(network, map);
        SafetensorsFile.Write(stream, tensors, metadata, precision);
    }

    private static (List<NamedTensor> Tensors, IReadOnlyDictionary<string, string> Metadata) Exported(FcnNetwork network, NameMap map)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(map);
        var plain = network.Tensors.All(tensor => map.Has(tensor.Name)) ? network : network.FoldBatchNorm();
        if (plain.Tensors.FirstOrDefault(tensor => !map.Has(tensor.Name)) is { } nameless)
        {
            throw new ArgumentException($"{map.Name} has no name for {nameless.Name} of this network ({network.Options.Kind}). " +
                "Choose a map for that network.", nameof(map));
        }

        var first = plain.Graph.Nodes.OfType<ConvolutionNode>().First().Weight;
        var tensors = plain.Tensors
            .Select(tensor => new NamedTensor(
                map.ToForeign(tensor.Name), tensor.Shape,
                tensor.Name == first && map.ChannelOrder == ChannelOrder.Bgr ? Flipped(tensor) : tensor.Values))
            .ToList();
        return (tensors, ModelMetadata.Write(plain.Options, plain.Card));
    }

    private static ReadOnlyMemory<float> Flipped(NamedTensor tensor)
    {
        var flipped = tensor.Values.ToArray();
        FirstWeight.Adapt(flipped, tensor.Shape, flips: true, scale: null);
        return flipped;
    }
}

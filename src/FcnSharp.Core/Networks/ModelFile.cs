using System.Collections.Immutable;
using FcnSharp.Tensors;

namespace FcnSharp.Networks;

/// <summary>Reads a network from a safetensors file and checks it.</summary>
internal static class ModelFile
{
    public static FcnNetwork Read(Stream stream, string name)
    {
        using var copy = stream.CanSeek ? null : Buffered(stream);
        var source = copy ?? stream;
        source.Position = 0;

        var file = SafetensorsFile.Read(source, name);
        var entries = file.Entries.Where(entry => !IsBatchCounter(entry)).ToList();
        var shapes = entries.ToDictionary(entry => entry.Name, entry => entry.Shape, StringComparer.Ordinal);
        var (options, card) = ReadOptions(name, file.Metadata, shapes);

        return new FcnNetwork(
            options, entries.Select(file.Read), card, fault => new WeightFileException(name, fault, WeightValues.Advice));
    }

    private static (NetworkOptions Options, ModelCard Card) ReadOptions(
        string name, ImmutableDictionary<string, string> metadata, Dictionary<string, ImmutableArray<int>> shapes)
    {
        const string Advice = "Give a model file of this library.";
        var (fromTensors, missing) = OptionsInference.From(shapes);
        if (fromTensors is null)
        {
            throw new WeightFileException(name, missing!, Advice);
        }

        var read = ModelMetadata.Read(name, metadata, fromTensors);
        return StateDict.FindMismatch(read.Options.ToGraph(), shapes) is { } mismatch
            ? throw new WeightFileException(name, mismatch, Advice)
            : read;
    }

    /// <summary>PyTorch counts the training batches of each batch norm; the count does not change the output.</summary>
    private static bool IsBatchCounter(SafetensorsEntry entry) => entry.Name.EndsWith(".num_batches_tracked", StringComparison.Ordinal);

    private static MemoryStream Buffered(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy;
    }
}

using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>Lists the tensors of a safetensors file, whatever their names.</summary>
internal static class SafetensorsCheckpoint
{
    public static CheckpointContents Read(Stream stream, string name)
    {
        var file = SafetensorsFile.Read(stream, name);
        return new CheckpointContents(
            CheckpointFormat.Safetensors,
            [.. file.Entries.Select(entry => new StoredTensor(
                entry.Name,
                entry.Type,
                entry.Shape,
                entry.End - entry.Begin,
                values => file.ReadValues(entry, values)))],
            file.Metadata,
            "",
            []);
    }
}

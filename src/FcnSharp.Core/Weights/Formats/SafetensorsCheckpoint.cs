using FcnSharp.Networks;

namespace FcnSharp.Weights.Formats;

/// <summary>The tensors of a safetensors file, under whatever names.</summary>
internal static class SafetensorsCheckpoint
{
    public static CheckpointContents Read(Stream stream, string name)
    {
        var header = SafetensorsHeader.Read(stream, name);
        return new CheckpointContents(
            CheckpointFormat.Safetensors,
            [.. header.Entries.Select(entry => new StoredTensor(
                entry.Name,
                entry.Dtype,
                entry.Shape,
                entry.End - entry.Begin,
                () => SafetensorsFile.ReadValues(stream, name, header, entry)))],
            header.Metadata,
            "",
            []);
    }
}

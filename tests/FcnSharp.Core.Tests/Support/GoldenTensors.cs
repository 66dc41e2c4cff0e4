using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>The tensors of any safetensors file, by name.</summary>
internal static class GoldenTensors
{
    public static IReadOnlyDictionary<string, NetworkTensor> Read(string path)
    {
        using var stream = File.OpenRead(path);
        var header = SafetensorsHeader.Read(stream, path);
        return header.Entries
            .Select(entry => SafetensorsFile.ReadTensor(stream, path, header, entry))
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }
}

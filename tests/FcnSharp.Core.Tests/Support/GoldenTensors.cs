using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Support;

/// <summary>The tensors of any safetensors file.</summary>
internal static class GoldenTensors
{
    /// <summary>Those of floats, by name.</summary>
    public static IReadOnlyDictionary<string, NamedTensor> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Entries
            .Where(entry => entry.Type != ElementType.UInt8)
            .Select(file.Read)
            .ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The bytes (N, H, W, 3) of the tensor <c>picture</c>.</summary>
    public static RgbImage[] ReadPictures(string path)
    {
        using var stream = File.OpenRead(path);
        var header = SafetensorsHeader.Read(stream, path);
        var entry = header.Entries.Single(entry => entry.Name == "picture");
        var bytes = new byte[entry.ElementCount];
        stream.Position = header.DataStart + entry.Begin;
        stream.ReadExactly(bytes);
        return [.. bytes.Chunk(bytes.Length / entry.Shape[0]).Select(pixels => new RgbImage(pixels, entry.Shape[2], entry.Shape[1]))];
    }
}

using System.Collections.Immutable;
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
    public static RgbImage[] ReadPictures(string path) => ReadPictures(path, "picture", (bytes, shape) =>
        [.. bytes.Chunk(bytes.Length / shape[0]).Select(pixels => new RgbImage(pixels, shape[2], shape[1]))]);

    /// <summary>The bytes (H, W, 3) of a tensor.</summary>
    public static RgbImage ReadPicture(string path, string name) =>
        ReadPictures(path, name, (bytes, shape) => [new RgbImage(bytes, shape[1], shape[0])])[0];

    private static RgbImage[] ReadPictures(string path, string name, Func<byte[], ImmutableArray<int>, RgbImage[]> split)
    {
        using var stream = File.OpenRead(path);
        var header = SafetensorsHeader.Read(stream, path);
        var entry = header.Entries.Single(entry => entry.Name == name);
        var bytes = new byte[entry.ElementCount];
        stream.Position = header.DataStart + entry.Begin;
        stream.ReadExactly(bytes);
        return split(bytes, entry.Shape);
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Training.Checkpoints;

/// <summary>A checkpoint of a run in one safetensors file: the tensors, and all other state as metadata strings, with a checksum over
/// both.</summary>
/// <param name="Texts">All state except tensors.</param>
/// <param name="Tensors">Weights, averaged weights and the state of the optimiser.</param>
internal sealed record CheckpointFile(IReadOnlyDictionary<string, string> Texts, IReadOnlyList<NamedTensor> Tensors)
{
    private const string FormatKey = "fcnsharp_checkpoint";
    private const string Format = "1";
    private const string ChecksumKey = "checksum";

    /// <summary>Writes the checkpoint atomically.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Write(string path)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal) { [FormatKey] = Format };
        foreach (var (key, value) in Texts)
        {
            texts.Add(key, value);
        }

        texts[ChecksumKey] = Checksum(texts, Tensors);
        SafetensorsFile.Write(path, Tensors, texts);
    }

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="WeightFileException">The file is damaged, or not a checkpoint of a training run.</exception>
    public static CheckpointFile Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) is not { } format)
        {
            throw new WeightFileException(path, "is not a checkpoint of a training run.", "Move it out of the run's folder.");
        }

        if (format != Format)
        {
            throw new WeightFileException(
                path, $"is a checkpoint of format {format}; this library reads {Format}.",
                "Continue with the version of FcnSharp that wrote it.");
        }

        var tensors = file.Entries.Select(file.Read).ToList();
        var texts = file.Metadata.Remove(ChecksumKey);
        return Checksum(texts, tensors) == file.Metadata.GetValueOrDefault(ChecksumKey)
            ? new CheckpointFile(texts, tensors)
            : throw new WeightFileException(
                path, "is damaged: its checksum does not match its contents.", "Delete it to continue from the checkpoint before.");
    }

    private static string Checksum(IEnumerable<KeyValuePair<string, string>> texts, IEnumerable<NamedTensor> tensors)
    {
        var hash = new XxHash3();
        foreach (var (key, value) in texts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, key);
            Append(hash, value);
        }

        foreach (var tensor in tensors)
        {
            Append(hash, tensor.Name);
            LittleEndian.Pieces(tensor.Values.Span, hash.Append);
        }

        return hash.GetCurrentHashAsUInt64().ToString("x16", CultureInfo.InvariantCulture);
    }

    private static void Append(XxHash3 hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.Append(length);
        hash.Append(bytes);
    }
}

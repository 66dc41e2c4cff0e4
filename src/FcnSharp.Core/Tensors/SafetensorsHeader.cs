using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text.Json;
using FcnSharp.Support;

namespace FcnSharp.Tensors;

/// <summary>
/// The header of a safetensors file (format: github.com/huggingface/safetensors): its length in eight little-endian bytes, then JSON
/// with the dtype, the shape and the data offsets of each tensor, and a map of strings called <c>__metadata__</c>.
/// </summary>
/// <remarks>Every number is checked against the length of the file before it is used and before anything is allocated for
/// it.</remarks>
internal sealed class SafetensorsHeader
{
    private const int LengthBytes = 8;
    private const string GiveAModel = "Give a .safetensors model file.";
    private const int MaxJsonBytes = 16 << 20;
    private const int MaxMetadata = 10_000;
    private const string MetadataKey = "__metadata__";

    private SafetensorsHeader(long dataStart, ImmutableArray<SafetensorsEntry> entries, ImmutableDictionary<string, string> metadata) =>
        (DataStart, Entries, Metadata) = (dataStart, entries, metadata);

    /// <summary>Offset of the tensors' data, in bytes from the start of the file.</summary>
    public long DataStart { get; }

    /// <summary>The tensors in the order of their bytes, without gaps.</summary>
    public ImmutableArray<SafetensorsEntry> Entries { get; }

    public ImmutableDictionary<string, string> Metadata { get; }

    /// <summary>Reads and checks the header of a seekable stream, and leaves the stream at the first tensor.</summary>
    /// <exception cref="WeightFileException">The stream is damaged, or not a safetensors file.</exception>
    public static SafetensorsHeader Read(Stream stream, string name)
    {
        var fileLength = stream.Length;
        Span<byte> lengthBytes = stackalloc byte[LengthBytes];
        if (fileLength < LengthBytes)
        {
            throw new WeightFileException(name, $"has {fileLength} bytes, too few for a safetensors file.", GiveAModel);
        }

        stream.ReadExactly(lengthBytes);
        var jsonLength = BinaryPrimitives.ReadUInt64LittleEndian(lengthBytes);
        if (jsonLength > (ulong)Math.Min(fileLength - LengthBytes, MaxJsonBytes))
        {
            throw new WeightFileException(
                name, $"is damaged, or not a safetensors file: " +
                    $"its first 8 bytes announce a header of {jsonLength} bytes in a file of {fileLength}.",
                    GiveAModel);
        }

        var json = new byte[jsonLength];
        stream.ReadExactly(json);
        try
        {
            var (entries, metadata) = Parse(json);
            CheckPlaces(entries, fileLength - LengthBytes - json.Length);
            return new SafetensorsHeader(LengthBytes + json.Length, entries, metadata);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            var (reason, remedy) = ContentException.Of(exception);
            throw new WeightFileException(name, $"has a damaged safetensors header: {reason}", remedy, exception);
        }
    }

    /// <summary>The length and the header of a file with these tensors; <paramref name="entries"/> are in the order of their
    /// bytes.</summary>
    public static byte[] Write(IEnumerable<SafetensorsEntry> entries, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var buffer = new MemoryStream();
        buffer.Write(stackalloc byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach (var (key, value) in metadata)
            {
                json.WriteString(key, value);
            }

            json.WriteEndObject();
            foreach (var entry in entries)
            {
                WriteEntry(json, entry);
            }

            json.WriteEndObject();
        }

        // Spaces pad the header so that the data starts at a multiple of 8 bytes, as the format requires.
        while (buffer.Length % LengthBytes != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        var bytes = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - LengthBytes);
        return bytes;
    }

    private static void WriteEntry(Utf8JsonWriter json, SafetensorsEntry entry)
    {
        json.WriteStartObject(entry.Name);
        json.WriteString("dtype", entry.Type.ShortName());
        json.WriteStartArray("shape");
        foreach (var size in entry.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(entry.Begin);
        json.WriteNumberValue(entry.End);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static (ImmutableArray<SafetensorsEntry> Entries, ImmutableDictionary<string, string> Metadata) Parse(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 8 });
        var names = new TensorNames();
        var entries = new List<SafetensorsEntry>();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);

        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } key)
        {
            if (key == MetadataKey)
            {
                ReadMetadata(ref reader, metadata);
            }
            else
            {
                names.Add(key);
                entries.Add(ReadEntry(ref reader, key));
            }
        }

        if (reader.Read())
        {
            throw new ContentException("text follows the header's closing brace.");
        }

        return ([.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)],
            metadata.ToImmutableDictionary(StringComparer.Ordinal));
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } key)
        {
            Expect(ref reader, JsonTokenType.String);
            if (!metadata.TryAdd(key, reader.GetString()!))
            {
                throw new ContentException($"the metadata key {FileText.Shown(key)} occurs twice.");
            }

            if (metadata.Count > MaxMetadata)
            {
                throw new ContentException($"there are more than {MaxMetadata} metadata entries.");
            }
        }
    }

    private static SafetensorsEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        string? dtype = null;
        List<long>? shape = null, offsets = null;

        Expect(ref reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype":
                    Expect(ref reader, JsonTokenType.String);
                    dtype = reader.GetString();
                    break;
                case "shape":
                    shape = ReadNumbers(ref reader, SafetensorsEntry.MaxAxes);
                    break;
                case "data_offsets":
                    offsets = ReadNumbers(ref reader, maxCount: 2);
                    break;
                default:
                    throw new ContentException($"tensor {name} has an unknown property {FileText.Shown(key)}.");
            }
        }

        if (dtype is null || shape is null || offsets is not [var begin, var end])
        {
            throw new ContentException($"tensor {name} lacks its dtype, its shape or its two data offsets.");
        }

        if (shape.Exists(size => size > int.MaxValue))
        {
            throw new ContentException($"tensor {name} has a size above {int.MaxValue} in its shape {FileText.Shape(shape)}.");
        }

        var type = ElementTypes.Parse(dtype)
            ?? throw new ContentException($"tensor {name} has the unknown dtype {FileText.Shown(dtype)}.");
        var entry = new SafetensorsEntry(name, type, [.. shape.Select(length => (int)length)], begin, end);
        var wanted = SafetensorsEntry.Times(entry.ElementCount, type.Size());
        return end - begin == wanted
            ? entry
            : throw new ContentException($"tensor {name} of shape {FileText.Shape(shape)} and dtype {dtype} " +
                $"takes {wanted} bytes, but has {end - begin}.");
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, int maxCount)
    {
        var numbers = new List<long>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
            {
                throw new ContentException("a size or an offset is not a non-negative integer.");
            }

            if (numbers.Count == maxCount)
            {
                throw new ContentException($"there are more than {maxCount} sizes or offsets before byte {reader.TokenStartIndex}.");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>The name of the next property, or null at the end of the object.</summary>
    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            throw new ContentException("the header ends too early.");
        }

        return reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (!reader.Read() || reader.TokenType != token)
        {
            throw new ContentException($"expected {token} but found {reader.TokenType} at byte {reader.TokenStartIndex}.");
        }
    }

    /// <summary>The format allows no gaps and no overlaps; every byte after the header belongs to exactly one tensor.</summary>
    private static void CheckPlaces(ImmutableArray<SafetensorsEntry> entries, long dataLength)
    {
        var at = 0L;
        foreach (var entry in entries)
        {
            if (entry.Begin != at)
            {
                throw new ContentException($"tensor {entry.Name} starts at byte {entry.Begin} of the data, but byte {at} is next.");
            }

            at = entry.End;
        }

        if (at != dataLength)
        {
            throw new ContentException($"the tensors take {at} bytes, but {dataLength} follow the header.");
        }
    }
}

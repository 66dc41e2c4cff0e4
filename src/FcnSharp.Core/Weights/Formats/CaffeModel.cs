using System.Collections.Immutable;
using System.Text;
using FcnSharp.Networks;

namespace FcnSharp.Weights.Formats;

/// <summary>
/// A .caffemodel: the message NetParameter of caffe.proto. Layers are in field 100 (name 1, blobs 7), in files of before 2014 in
/// field 2 (name 4, blobs 6). A blob has its shape in field 7 or in fields 1 to 4, its numbers in field 5, or in 8 as doubles.
/// </summary>
internal static class CaffeModel
{
    private const int MaxNameBytes = 1024;
    private const int MaxLayers = 10_000;
    private const int MaxAxes = 8;
    private const byte NetworkNameTag = (1 << 3) | 2;
    private const byte OldLayerTag = (2 << 3) | 2;
    private const byte NewLayerTag = 0xA2;

    private static readonly string[] BlobNames = ["weight", "bias"];

    /// <summary>Whether a file starts as a network with a name or a layer does.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        head.Length > 2 && (head[0] is NetworkNameTag or OldLayerTag || (head[0] == NewLayerTag && head[1] == 6));

    public static CheckpointContents Read(Stream stream)
    {
        var tensors = ImmutableArray.CreateBuilder<StoredTensor>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var fields = new ProtobufFields(stream, 0, stream.Length);
        for (var layers = 0; fields.Next();)
        {
            if (fields.Number is not (100 or 2) || !fields.IsBytes)
            {
                continue;
            }

            if (++layers > MaxLayers)
            {
                throw new FormatException($"the network has more than {MaxLayers} layers, which none does.");
            }

            var (nameField, blobField) = fields.Number == 100 ? (1, 7) : (4, 6);
            foreach (var tensor in ReadLayer(stream, fields.Message(), nameField, blobField))
            {
                tensors.Add(names.Add(tensor.Name) ? tensor : throw new FormatException($"there are two tensors {tensor.Name}."));
            }
        }

        return tensors.Count > 0
            ? new CheckpointContents(CheckpointFormat.Caffe, tensors.ToImmutable())
            : throw new FormatException("no layer has weights. Give the trained .caffemodel, not a description of the network.");
    }

    private static List<StoredTensor> ReadLayer(Stream stream, ProtobufFields layer, int nameField, int blobField)
    {
        var name = "";
        var blobs = new List<ProtobufFields>();
        while (layer.Next())
        {
            if (layer.Number == nameField)
            {
                name = Encoding.UTF8.GetString(layer.Bytes(MaxNameBytes));
            }
            else if (layer.Number == blobField && blobs.Count < BlobNames.Length)
            {
                blobs.Add(layer.Message());
            }
        }

        return [.. blobs.Select((blob, index) => ReadBlob(stream, blob, $"{name}.{BlobNames[index]}"))];
    }

    private static StoredTensor ReadBlob(Stream stream, ProtobufFields blob, string name)
    {
        var shape = new List<long>();
        var (dtype, start, length) = ("F32", 0L, 0L);
        while (blob.Next())
        {
            switch (blob.Number)
            {
                case >= 1 and <= 4 when !blob.IsBytes:
                    shape.Add((long)Math.Min(blob.Value, long.MaxValue));
                    break;
                case 5 or 8 when blob.IsBytes && length == 0:
                    (dtype, start, length) = (blob.Number == 5 ? "F32" : "F64", blob.Start, blob.Length);
                    break;
                case 5 or 8:
                    throw new FormatException($"tensor {name}: its numbers are not packed into one run. " +
                        "Load and save the file with a Caffe of 2014 or later.");
                case 7:
                    shape = ReadShape(blob.Message());
                    break;
                default:
                    break;
            }
        }

        var sizes = Trimmed(shape);
        var elements = sizes.Aggregate((Int128)1, (count, size) => count > length ? count : count * size);
        if (sizes.Any(size => size is < 1 or > int.MaxValue) || elements > Array.MaxLength
            || elements * SafetensorsEntry.SizeOf(dtype)!.Value != length)
        {
            throw new FormatException($"tensor {name}: a shape of ({string.Join(", ", shape)}) does not fit {length} bytes of numbers. " +
                "Fetch the file again.");
        }

        return new StoredTensor(name, dtype, [.. sizes.Select(size => (int)size)], Read);

        float[] Read()
        {
            var values = new float[(int)elements];
            stream.Position = start;
            ElementReader.Read(stream, dtype, values);
            return values;
        }
    }

    private static List<long> ReadShape(ProtobufFields fields)
    {
        var sizes = new List<long>();
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                sizes.AddRange(fields.Numbers().Take(MaxAxes + 1).Select(size => (long)Math.Min(size, long.MaxValue)));
            }

            if (sizes.Count > MaxAxes)
            {
                throw new FormatException($"a shape has more than {MaxAxes} axes.");
            }
        }

        return sizes;
    }

    /// <summary>Old blobs always have four sizes; a bias is 1x1x1xN and a fully connected layer's weight 1x1xMxN.</summary>
    private static List<long> Trimmed(List<long> shape) =>
        shape is [1, 1, 1, var count] ? [count] : shape is [1, 1, var rows, var columns] ? [rows, columns] : shape;
}

using System.Collections.Immutable;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>
/// Reads a .caffemodel: the message NetParameter of caffe.proto. Layers are in field 100 (name 1, blobs 7), in files from before 2014 in
/// field 2 (name 4, blobs 6). A blob has its shape in field 7 or in fields 1 to 4, and its values in field 5, or as doubles in field 8.
/// </summary>
internal static class CaffeModel
{
    private const int MaxNameBytes = 1024;
    private const int MaxLayers = 10_000;
    private const byte NetworkNameTag = (1 << 3) | 2;
    private const byte OldLayerTag = (2 << 3) | 2;
    private const byte NewLayerTag = 0xA2;

    private static readonly string[] BlobNames = ["weight", "bias"];

    /// <summary>Whether a file starts with the tag of a network's name or of a layer.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        head.Length > 2 && (head[0] is NetworkNameTag or OldLayerTag || (head[0] == NewLayerTag && head[1] == 6));

    public static CheckpointContents Read(Stream stream)
    {
        var tensors = ImmutableArray.CreateBuilder<StoredTensor>();
        var names = new TensorNames();
        var fields = new ProtobufFields(stream, 0, stream.Length, ".caffemodel");
        for (var layers = 0; fields.Next();)
        {
            if (fields.Number is not (100 or 2) || !fields.IsBytes)
            {
                continue;
            }

            if (++layers > MaxLayers)
            {
                throw new ContentException($"the network has more than {MaxLayers} layers, which no Caffe network has.");
            }

            var (nameField, blobField) = fields.Number == 100 ? (1, 7) : (4, 6);
            foreach (var tensor in ReadLayer(stream, fields.Message(), nameField, blobField))
            {
                names.Add(tensor.Name);
                tensors.Add(tensor);
            }
        }

        return tensors.Count > 0
            ? new CheckpointContents(CheckpointFormat.Caffe, tensors.ToImmutable())
            : throw new ContentException("no layer has weights.", "Give the trained .caffemodel, not a description of the network.");
    }

    private static List<StoredTensor> ReadLayer(Stream stream, ProtobufFields layer, int nameField, int blobField)
    {
        var run = (Start: 0L, Length: 0);
        var blobs = new List<ProtobufFields>();
        while (layer.Next())
        {
            if (layer.Number == nameField)
            {
                run = layer.ShortRun(MaxNameBytes);
            }
            else if (layer.Number == blobField && blobs.Count < BlobNames.Length)
            {
                blobs.Add(layer.Message());
            }
        }

        var name = layer.Text(run);
        return [.. blobs.Select((blob, index) => ReadBlob(stream, blob, $"{name}.{BlobNames[index]}"))];
    }

    private static StoredTensor ReadBlob(Stream stream, ProtobufFields blob, string name)
    {
        var shape = new List<long>();
        ProtobufFields? shapeFields = null;
        var (type, start, length) = (ElementType.Float32, 0L, 0L);
        while (blob.Next())
        {
            switch (blob.Number)
            {
                case >= 1 and <= 4 when !blob.IsBytes:
                    blob.AddNumbersTo(shape, SafetensorsEntry.MaxAxes);
                    break;
                case 5 or 8 when blob.IsBytes && length == 0:
                    (type, start, length) = (blob.Number == 5 ? ElementType.Float32 : ElementType.Float64, blob.Start, blob.Length);
                    break;
                case 5 or 8:
                    throw new ContentException($"tensor {FileText.Shown(name)}: its values are not one packed field.",
                        "Load and save the file with a Caffe of 2014 or later.");
                case 7:
                    shapeFields = shapeFields is null
                        ? blob.Message()
                        : throw new ContentException($"tensor {FileText.Shown(name)} has two shapes.");
                    break;
                default:
                    break;
            }
        }

        shape = shapeFields is null ? shape : ReadShape(shapeFields);
        var sizes = Trimmed(shape);
        var elements = sizes.Aggregate((Int128)1, (count, size) => count > length ? count : count * size);
        if (sizes.Any(size => size is < 1 or > int.MaxValue) || elements > Array.MaxLength
            || elements * type.Size() != length)
        {
            throw new ContentException($"tensor {FileText.Shown(name)}: a shape of {FileText.Shape(shape)} does not fit {length} bytes " +
                "of numbers.");
        }

        return new StoredTensor(name, type, [.. sizes.Select(size => (int)size)], length, Read);

        void Read(Span<float> values)
        {
            stream.Position = start;
            ElementReader.Read(stream, type, values);
        }
    }

    private static List<long> ReadShape(ProtobufFields fields)
    {
        var shape = new List<long>();
        while (fields.Next())
        {
            if (fields.Number == 1)
            {
                fields.AddNumbersTo(shape, SafetensorsEntry.MaxAxes);
            }
        }

        return shape;
    }

    /// <summary>Removes leading ones. Old blobs always have four sizes: a bias is 1x1x1xN, the weight of a fully connected layer
    /// 1x1xMxN.</summary>
    private static List<long> Trimmed(List<long> shape) =>
        shape is [1, 1, 1, var count] ? [count] : shape is [1, 1, var rows, var columns] ? [rows, columns] : shape;
}

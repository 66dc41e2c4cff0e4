using System.Buffers.Binary;
using System.Collections.Immutable;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;

namespace FcnSharp.Weights.Formats;

/// <summary>
/// An ONNX file: the message ModelProto of onnx.proto. Its graph, field 7, has nodes in field 1 (inputs 1, outputs 2, operation 4,
/// attributes 5), initializers in field 5 (sizes 1, type 2, packed floats 4, packed integers 7, name 8, raw bytes 9, external data 13
/// and 14), inputs in field 11 and outputs in field 12. Field 14 of the model holds the metadata.
/// </summary>
internal sealed class OnnxFile
{
    private const string What = "ONNX file";
    private const int MaxNodes = 4096;
    private const int MaxInitializers = 4096;
    private const int MaxNameBytes = 512;
    private const int MaxListLength = 64;
    private const int MaxVarintBytes = 10;

    /// <summary>Tags of the fields that may follow the IR version: producer, producer version, domain, model version, doc string, graph,
    /// operator set.</summary>
    private static ReadOnlySpan<byte> SecondTags => [0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42];

    private readonly Stream stream;
    private readonly List<OnnxNode> nodes = [];
    private readonly Dictionary<string, StoredTensor> initializers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<long>> wholeNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);
    private readonly List<OnnxValue> inputs = [];
    private readonly List<OnnxValue> outputs = [];

    private OnnxFile(Stream stream) => this.stream = stream;

    /// <summary>The tool that wrote the file; empty if the file does not state it.</summary>
    public string Producer { get; private set; } = "";

    public IReadOnlyList<OnnxNode> Nodes => nodes;

    /// <summary>Constant tensors by name: initializers, and the outputs of Constant nodes.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Initializers => initializers;

    /// <summary>The values of short constant integer tensors, by name.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<long>> WholeNumbers => wholeNumbers;

    /// <summary>The metadata strings of the model.</summary>
    public IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The inputs of the graph, without initializers.</summary>
    public IEnumerable<OnnxValue> Inputs => inputs.Where(input => !initializers.ContainsKey(input.Name));

    /// <summary>The outputs of the graph.</summary>
    public IReadOnlyList<OnnxValue> Outputs => outputs;

    /// <summary>The nodes that read a value, by the name of the value.</summary>
    public ILookup<string, OnnxNode> Readers() => nodes
        .SelectMany(node => node.Inputs.Distinct(StringComparer.Ordinal).Select(input => (input, node)))
        .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);

    /// <summary>Whether a file starts with an IR version, followed by another field of a model.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        head.Length > 2 && head[0] == 0x08 && head[1] is > 0 and < 0x80 && SecondTags.Contains(head[2]);

    /// <exception cref="ContentException">The file is damaged, or exceeds a limit that no network needs.</exception>
    public static OnnxFile Read(Stream stream)
    {
        var file = new OnnxFile(stream);
        var hasGraph = false;
        for (var fields = new ProtobufFields(stream, 0, stream.Length, What); fields.Next();)
        {
            if (fields.Number == 2 && fields.IsBytes)
            {
                file.Producer = Text(fields);
            }
            else if (fields.Number == 14)
            {
                file.ReadMetadata(fields.Message());
            }
            else if (fields.Number == 7)
            {
                hasGraph = hasGraph ? throw new ContentException("it has two graphs.", "Export the model again.") : true;
                file.ReadGraph(fields.Message());
            }
        }

        return hasGraph ? file : throw new ContentException("it has no graph.", "Export the model again.");
    }

    private void ReadGraph(ProtobufFields graph)
    {
        var names = new TensorNames();
        while (graph.Next())
        {
            switch (graph.Number)
            {
                case 1:
                    Add(nodes, ReadNode(graph.Message()), MaxNodes, "nodes");
                    break;
                case 5:
                    AddInitializer(names, ReadTensor(graph.Message()));
                    break;
                case 11:
                    Add(inputs, ReadValue(graph.Message()), MaxInitializers, "inputs");
                    break;
                case 12:
                    Add(outputs, ReadValue(graph.Message()), MaxListLength, "outputs");
                    break;
                default:
                    break;
            }
        }

        foreach (var node in nodes.Where(node => node is { Operation: "Constant", Outputs: [_] }))
        {
            if (node.Attributes.FirstOrDefault(attribute => attribute.Tensor is not null) is { Tensor: { } tensor })
            {
                AddInitializer(names, tensor with { Stored = tensor.Stored with { Name = node.Outputs[0] } });
            }
            else if (node.Attributes is [{ Name: "value_int" or "value_ints" } whole])
            {
                wholeNumbers[node.Outputs[0]] = whole.Numbers;
            }
        }
    }

    private void AddInitializer(TensorNames names, OnnxTensor tensor)
    {
        names.Add(tensor.Stored.Name);
        initializers.Add(tensor.Stored.Name, initializers.Count < MaxInitializers
            ? tensor.Stored
            : throw new ContentException($"it has more than {MaxInitializers} initializers, which no network has."));
        if (!tensor.WholeNumbers.IsDefault)
        {
            wholeNumbers[tensor.Stored.Name] = tensor.WholeNumbers;
        }
    }

    private void ReadMetadata(ProtobufFields entry)
    {
        var (key, text) = ("", "");
        while (entry.Next())
        {
            switch (entry.Number)
            {
                case 1:
                    key = Text(entry);
                    break;
                case 2:
                    text = Text(entry, ModelMetadata.MaxTextLength);
                    break;
                default:
                    break;
            }
        }

        metadata[key] = metadata.Count < MaxListLength
            ? text
            : throw new ContentException($"it has more than {MaxListLength} metadata entries, which no network has.");
    }

    /// <summary>ValueInfoProto: a name, 1, and a type, 2, whose tensor, 1, has a shape, 2, of dimensions, 1, each with a size, 1, or a
    /// name.</summary>
    private static OnnxValue ReadValue(ProtobufFields value)
    {
        var name = "";
        var shape = new List<long>();
        while (value.Next())
        {
            switch (value.Number)
            {
                case 1:
                    name = Text(value);
                    break;
                case 2:
                    Descend(value.Message(), depth: 0);
                    break;
                default:
                    break;
            }
        }

        return new OnnxValue(name, [.. shape]);

        void Descend(ProtobufFields fields, int depth)
        {
            while (fields.Next())
            {
                if (depth == 2 && fields.Number == 1)
                {
                    Add(shape, SizeOf(fields.Message()), SafetensorsEntry.MaxAxes, "sizes of a value");
                }
                else if (fields.IsBytes && fields.Number == depth + 1)
                {
                    Descend(fields.Message(), depth + 1);
                }
            }
        }

        static long SizeOf(ProtobufFields dimension)
        {
            var size = 0L;
            while (dimension.Next())
            {
                size = dimension.Number == 1 && !dimension.IsBytes ? (long)Math.Min(dimension.Value, int.MaxValue) : size;
            }

            return size;
        }
    }

    private OnnxNode ReadNode(ProtobufFields fields)
    {
        var (operation, ins, outs) = ("", new List<string>(), new List<string>());
        var attributes = new List<OnnxAttribute>();
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1:
                    Add(ins, Text(fields), MaxListLength, "inputs of a node");
                    break;
                case 2:
                    Add(outs, Text(fields), MaxListLength, "outputs of a node");
                    break;
                case 4:
                    operation = Text(fields);
                    break;
                case 5:
                    Add(attributes, ReadAttribute(fields.Message()), MaxListLength, "attributes of a node");
                    break;
                default:
                    break;
            }
        }

        return outs.Count > 0
            ? new OnnxNode(operation, [.. ins], [.. outs], [.. attributes])
            : throw new ContentException($"its node {FileText.Shown(operation)} has no output.", "Export the model again.");
    }

    private OnnxAttribute ReadAttribute(ProtobufFields fields)
    {
        var (name, text, number) = ("", "", 0f);
        var numbers = new List<long>();
        OnnxTensor? tensor = null;
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1:
                    name = Text(fields);
                    break;
                case 5:
                    tensor = ReadTensor(fields.Message());
                    break;
                case 2:
                    number = fields.Single();
                    break;
                case 3 or 8:
                    fields.AddNumbersTo(numbers, MaxListLength);
                    break;
                case 4 when fields.Length <= MaxNameBytes:
                    text = Text(fields);
                    break;
                default:
                    break;
            }
        }

        return new OnnxAttribute(name, [.. numbers], number, text) { Tensor = tensor };
    }

    private OnnxTensor ReadTensor(ProtobufFields fields)
    {
        var (name, code, isElsewhere) = ("", 0UL, false);
        var (start, length, parts) = (0L, 0L, 0);
        var (sizes, whole) = (new List<long>(), new List<long>());
        while (fields.Next())
        {
            switch (fields.Number)
            {
                case 1:
                    fields.AddNumbersTo(sizes, SafetensorsEntry.MaxAxes);
                    break;
                case 2 when !fields.IsBytes:
                    code = fields.Value;
                    break;
                case 4 or 9 when fields.IsBytes:
                    (start, length, parts) = (fields.Start, fields.Length, parts + 1);
                    break;
                case 7 when fields.Length <= MaxListLength * MaxVarintBytes:
                    fields.AddNumbersTo(whole, MaxListLength);
                    break;
                case 8:
                    name = Text(fields);
                    break;
                case 13 or 14:
                    isElsewhere |= fields.IsBytes || fields.Value != 0;
                    break;
                default:
                    break;
            }
        }

        if (isElsewhere)
        {
            throw new ContentException(
                $"its initializer {FileText.Shown(name)} is stored in another file.", "Export the model as one file.");
        }

        var type = TypeOf(code);
        var isRun = parts == 1 && type == ElementType.Int64
            && length is > 0 and <= MaxListLength * sizeof(long) && length % sizeof(long) == 0;
        return new OnnxTensor(
            Stored(name, type, sizes, start, parts > 1 ? -1 : length),
            isRun ? Run(start, (int)length) : whole.Count > 0 ? [.. whole] : default);
    }

    private ImmutableArray<long> Run(long start, int length)
    {
        var bytes = new byte[length];
        stream.Position = start;
        stream.ReadExactly(bytes);
        return [.. bytes.Chunk(sizeof(long)).Select(chunk => BinaryPrimitives.ReadInt64LittleEndian(chunk))];
    }

    /// <summary>A type that is not supported for weights counts as bytes: such a tensor is only listed as left out, or refused.</summary>
    private static ElementType TypeOf(ulong code) => code switch
    {
        1 => ElementType.Float32,
        10 => ElementType.Float16,
        11 => ElementType.Float64,
        16 => ElementType.BFloat16,
        6 => ElementType.Int32,
        7 => ElementType.Int64,
        9 => ElementType.Boolean,
        _ => ElementType.UInt8,
    };

    private StoredTensor Stored(string name, ElementType type, List<long> sizes, long start, long length)
    {
        var elements = sizes.Aggregate((Int128)1, (count, size) => count > length ? count : count * size);
        if (type is ElementType.Float32 or ElementType.Float16 or ElementType.Float64 or ElementType.BFloat16
            && (sizes.Any(size => size is < 1 or > int.MaxValue) || elements > Array.MaxLength || elements * type.Size() != length))
        {
            throw new ContentException($"initializer {FileText.Shown(name)}: a shape of {FileText.Shape(sizes)} does not fit " +
                $"{Math.Max(0, length)} contiguous bytes of values.", "Export the model again.");
        }

        return new StoredTensor(name, type, [.. sizes.Select(size => (int)Math.Clamp(size, 0, int.MaxValue))], length, Read);

        void Read(Span<float> values)
        {
            stream.Position = start;
            ElementReader.Read(stream, type, values);
        }
    }

    private static string Text(ProtobufFields field, int maxBytes = MaxNameBytes) => field.Text(field.ShortRun(maxBytes));

    private static void Add<T>(List<T> list, T item, int max, string what)
    {
        if (list.Count == max)
        {
            throw new ContentException($"it has more than {max} {what}, which no network has.");
        }

        list.Add(item);
    }
}

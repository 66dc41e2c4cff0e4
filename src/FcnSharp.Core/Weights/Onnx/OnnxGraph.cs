using FcnSharp.Support;

namespace FcnSharp.Weights.Onnx;

/// <summary>Builds an ONNX model (onnx.proto3 of the ONNX project; IR version 8, opset 17). Values are referred to by
/// name.</summary>
internal sealed class OnnxGraph
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;

    private readonly ProtobufMessage graph = new();
    private int values;

    /// <summary>Adds an operation with one output, and returns the name of the output.</summary>
    public string Node(string operation, IEnumerable<string> inputs, params IEnumerable<ProtobufMessage> attributes)
    {
        var output = Guard.Text($"v{++values}");
        AddNode(operation, inputs, output, attributes);
        return output;
    }

    /// <summary>Adds an operation whose output has a given name.</summary>
    public void AddNode(string operation, IEnumerable<string> inputs, string output, params IEnumerable<ProtobufMessage> attributes)
    {
        var node = new ProtobufMessage();
        foreach (var input in inputs)
        {
            node.Add(1, input);
        }

        node.Add(2, output).Add(3, output).Add(4, operation);
        foreach (var attribute in attributes)
        {
            node.Add(5, attribute);
        }

        graph.Add(1, node);
    }

    /// <summary>An attribute that is a list of integers.</summary>
    public static ProtobufMessage Ints(string name, params ReadOnlySpan<long> numbers)
    {
        var attribute = new ProtobufMessage().Add(1, name);
        foreach (var number in numbers)
        {
            attribute.Add(8, number);
        }

        return attribute.Add(20, 7L);
    }

    /// <summary>An attribute that is an integer.</summary>
    public static ProtobufMessage Int(string name, long number) => new ProtobufMessage().Add(1, name).Add(3, number).Add(20, 2L);

    /// <summary>An attribute that is a string.</summary>
    public static ProtobufMessage Text(string name, string text) => new ProtobufMessage().Add(1, name).Add(4, text).Add(20, 3L);

    /// <summary>Adds a constant list of integers, and returns its name.</summary>
    public string Constant(params ReadOnlySpan<long> numbers)
    {
        var name = Guard.Text($"c{++values}");
        graph.Add(5, Tensor(name, Int64, [numbers.Length]).Add(9, numbers));
        return name;
    }

    /// <summary>Adds a constant float, and returns its name.</summary>
    public string Constant(float number)
    {
        var name = Guard.Text($"c{++values}");
        graph.Add(5, Tensor(name, Float, []).Add(9, new[] { number }));
        return name;
    }

    /// <summary>Adds weights as an initializer, and returns its name.</summary>
    public string Weights(string name, IEnumerable<int> shape, ReadOnlyMemory<float> numbers)
    {
        graph.Add(5, Tensor(name, Float, shape).Add(9, numbers));
        return name;
    }

    /// <summary>Declares an input of floats; a size that is a string is dynamic.</summary>
    public void Input(string name, params object[] sizes) => graph.Add(11, Value(name, Float, sizes));

    /// <summary>Declares an output of floats, or of int64.</summary>
    public void Output(string name, bool isLabels, params object[] sizes) => graph.Add(12, Value(name, isLabels ? Int64 : Float, sizes));

    /// <summary>Writes the model.</summary>
    public void Write(Stream stream, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var model = new ProtobufMessage()
            .Add(1, IrVersion)
            .Add(2, "FcnSharp")
            .Add(7, graph.Add(2, "fcn"))
            .Add(8, new ProtobufMessage().Add(1, "").Add(2, OpsetVersion));
        foreach (var (key, value) in metadata)
        {
            model.Add(14, new ProtobufMessage().Add(1, key).Add(2, value));
        }

        model.Write(stream);
    }

    private static ProtobufMessage Tensor(string name, int type, IEnumerable<int> shape)
    {
        var tensor = new ProtobufMessage();
        foreach (var size in shape)
        {
            tensor.Add(1, size);
        }

        return tensor.Add(2, type).Add(8, name);
    }

    private static ProtobufMessage Value(string name, int type, object[] sizes)
    {
        var shape = new ProtobufMessage();
        foreach (var size in sizes)
        {
            shape.Add(1, size is string free ? new ProtobufMessage().Add(2, free) : new ProtobufMessage().Add(1, (int)size));
        }

        return new ProtobufMessage().Add(1, name).Add(2, new ProtobufMessage().Add(1, new ProtobufMessage().Add(1, type).Add(2, shape)));
    }
}

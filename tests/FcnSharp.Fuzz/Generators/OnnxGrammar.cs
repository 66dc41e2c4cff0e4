using System.Text;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Fuzz.Generators;

/// <summary>ONNX files: protocol buffers of the trunk of a ResNet, node by node, and of what may follow it.</summary>
internal static class OnnxGrammar
{
    private const int Float = 1;

    public static Format Format { get; } = new("onnx", Write, ManyNodes, ManyInitializers, LongShape, WideNode);

    private static byte[] Write(Dice dice)
    {
        var options = new FcnOptions { Trunk = DrawnNetwork.DrawResNet(dice), Variant = FcnVariant.Fcn32s };
        var graph = new ProtobufWriter(dice);
        foreach (var node in options.ToGraph().Nodes)
        {
            Add(dice, graph, node);
        }

        foreach (var tensor in DrawnNetwork.TrunkOf(dice, options, dice.OneIn(4) ? dice.Pick("F16", "BF16", "F64") : "F32"))
        {
            graph.Message(5, Initializer(dice, tensor));
        }

        graph.Message(11, new ProtobufWriter(dice).Bytes(1, Utf8(dice, "image")));
        return Model(dice, graph);
    }

    private static byte[] Model(Dice dice, ProtobufWriter graph) => new ProtobufWriter(dice)
        .Number(1, 8).Bytes(2, Utf8(dice, dice.Pick("CNTK", "pytorch"))).Message(7, graph).ToBytes();

    private static void Add(Dice dice, ProtobufWriter graph, GraphNode node)
    {
        switch (node)
        {
            case ConvolutionNode layer when layer.Name.StartsWith("backbone.", StringComparison.Ordinal):
                string[] bias = layer.HasBias ? [layer.Bias] : [];
                var convolved = layer.Norm is null ? Plain(layer) : layer.Name;
                graph.Message(1, Node(dice, "Conv", [Name(layer.Input), layer.Weight, .. bias], convolved)
                    .Message(5, Ints(dice, "kernel_shape", layer.Kernel, layer.Kernel))
                    .Message(5, Ints(dice, "strides", layer.Stride, layer.Stride))
                    .Message(5, Ints(dice, "pads", layer.Padding, layer.Padding, layer.Padding, layer.Padding)));
                if (layer.Norm is { } norm)
                {
                    graph.Message(1, Node(
                        dice, "BatchNormalization",
                        [layer.Name, $"{norm}.weight", $"{norm}.bias", $"{norm}.running_mean", $"{norm}.running_var"], Plain(layer))
                        .Message(5, new ProtobufWriter(dice).Bytes(1, "epsilon"u8).Single(2, 1e-5f)));
                }

                if (layer.Relu)
                {
                    graph.Message(1, Node(dice, "Relu", [Plain(layer)], Name(layer)));
                }

                break;
            case MaxPoolNode pool:
                graph.Message(1, Node(dice, "MaxPool", [Name(pool.Input)], Name(pool))
                    .Message(5, Ints(dice, "kernel_shape", 3, 3)).Message(5, Ints(dice, "strides", 2, 2))
                    .Message(5, Ints(dice, "pads", 1, 1, dice.Below(2), 1)));
                break;
            case AddNode { Relu: true } sum:
                graph.Message(1, Node(dice, "Add", [.. sum.Inputs.Select(Name)], $"{sum.Name}.sum"));
                graph.Message(1, Node(dice, "Relu", [$"{sum.Name}.sum"], sum.Name));
                break;
            default:
                break;
        }
    }

    private static string Name(GraphNode node) => node switch
    {
        PadNode or ImageNode => "image",
        ConvolutionNode { Relu: false } layer => Plain(layer),
        _ => $"{node.Name}{(node is ConvolutionNode ? ".relu" : "")}",
    };

    private static string Plain(ConvolutionNode layer) => $"{layer.Name}.normed";

    private static ProtobufWriter Node(Dice dice, string operation, IReadOnlyList<string> inputs, string output)
    {
        var node = new ProtobufWriter(dice);
        foreach (var input in inputs)
        {
            node.Bytes(1, Utf8(dice, input));
        }

        return node.Bytes(2, Utf8(dice, output)).Bytes(4, Utf8(dice, operation));
    }

    private static ProtobufWriter Ints(Dice dice, string name, params ReadOnlySpan<int> values)
    {
        var attribute = new ProtobufWriter(dice).Bytes(1, Utf8(dice, name));
        foreach (var value in values)
        {
            attribute.Number(8, value);
        }

        return attribute;
    }

    private static ProtobufWriter Initializer(Dice dice, DrawnTensor tensor)
    {
        var initializer = new ProtobufWriter(dice);
        foreach (var size in tensor.Shape)
        {
            initializer.Number(1, size);
        }

        var code = tensor.Dtype switch { "F64" => 11, "F16" => 10, "BF16" => 16, _ => Float };
        return initializer.Number(2, code).Bytes(8, Utf8(dice, tensor.Name)).Bytes(dice.OneIn(10) ? 4 : 9, tensor.Data);
    }

    private static byte[] Utf8(Dice dice, string text) => Encoding.UTF8.GetBytes(dice.Text(text));

    private static byte[] ManyNodes(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var graph = new ProtobufWriter(plain);
        var operation = plain.Pick("Relu", "Conv", "");
        for (var count = dice.Size(200_000); count > 0; count--)
        {
            graph.Message(1, Node(plain, operation, ["image"], plain.OneIn(2) ? "image" : "map"));
        }

        return Model(plain, graph.Message(11, new ProtobufWriter(plain).Bytes(1, "image"u8)));
    }

    private static byte[] ManyInitializers(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var graph = new ProtobufWriter(plain);
        for (var count = dice.Size(200_000); count > 0; count--)
        {
            graph.Message(5, new ProtobufWriter(plain).Number(2, plain.Pick(Float, 3)).Bytes(8, BitConverter.GetBytes(count)).Bytes(9, []));
        }

        return Model(plain, graph);
    }

    private static byte[] LongShape(Dice dice)
    {
        var ones = new byte[dice.Size(40_000_000)];
        Array.Fill(ones, dice.Pick<byte>(0, 1));
        var plain = new Dice(dice.Next());
        return Model(plain, new ProtobufWriter(plain).Message(5, new ProtobufWriter(plain).Bytes(1, ones).Number(2, Float)));
    }

    /// <summary>Inputs, outputs or attributes without end.</summary>
    private static byte[] WideNode(Dice dice)
    {
        var plain = new Dice(dice.Next());
        var node = new ProtobufWriter(plain);
        var field = dice.Pick(1, 2, 5);
        for (var count = dice.Size(1_000_000); count > 0; count--)
        {
            node.Bytes(field, []);
        }

        return Model(plain, new ProtobufWriter(plain).Message(1, node));
    }
}

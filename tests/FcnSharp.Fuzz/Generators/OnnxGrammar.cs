using System.Text;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Weights;

namespace FcnSharp.Fuzz.Generators;

/// <summary>ONNX files: protocol buffers of networks and of trunks of ResNets, node by node.</summary>
internal static class OnnxGrammar
{
    private const int Float = 1;

    public static Format Format { get; } = new("onnx", Write, ManyNodes, ManyInitializers, LongShape, WideNode);

    private static byte[] Write(Dice dice) => dice.OneIn(2) ? WriteTrunk(dice) : WriteNetwork(dice);

    /// <summary>The trunk of a ResNet, as the exporter of a classifier writes it.</summary>
    private static byte[] WriteTrunk(Dice dice)
    {
        var options = new FcnOptions { Trunk = DrawnNetwork.DrawResNet(dice), Variant = FcnVariant.Fcn32s };
        var graph = new ProtobufWriter(dice);
        var names = new Dictionary<GraphNode, string>();
        foreach (var node in options.ToGraph().Nodes)
        {
            if (node is ImageNode or PadNode)
            {
                names[node] = "image";
            }
            else if (node.Name.StartsWith("backbone.", StringComparison.Ordinal))
            {
                names[node] = Add(dice, graph, node, names);
            }
        }

        foreach (var tensor in DrawnNetwork.TrunkOf(dice, options, Dtype(dice)))
        {
            graph.Message(5, Initializer(dice, tensor));
        }

        return Model(dice, graph.Message(11, Value(dice, "image")));
    }

    /// <summary>A whole network, scores, sizes and metadata included.</summary>
    private static byte[] WriteNetwork(Dice dice)
    {
        var (options, tensors) = DrawnNetwork.Draw(dice, dice.OneIn(4) ? NameMap.TorchvisionFcn : NameMap.FcnSharp);
        var graph = new ProtobufWriter(dice);
        var names = new Dictionary<GraphNode, string>();
        var network = options.ToGraph();
        foreach (var node in network.Nodes)
        {
            names[node] = node is ImageNode ? "image" : Add(dice, graph, node, names);
        }

        foreach (var tensor in tensors)
        {
            graph.Message(5, Initializer(dice, tensor));
        }

        var output = names[network.Output];
        if (dice.OneIn(4))
        {
            graph.Message(1, Node(dice, "ArgMax", [output], "labels").Message(5, Ints(dice, "axis", 1)));
            output = "labels";
        }

        graph.Message(11, Value(dice, "image", 1, 3, dice.Pick(0, 65), dice.Pick(0, 97))).Message(12, Value(dice, output));
        var metadata = new Dictionary<string, string>
        {
            ["format_version"] = "1", ["mean"] = "[0.5,0.5,0.5]", ["std"] = "[0.5,0.5,0.5]", ["working_size"] = "64",
            ["temperature"] = "1.5",
        };
        var model = Header(dice).Message(7, graph);
        foreach (var (key, text) in metadata.Where(_ => !dice.Odd()))
        {
            model.Message(14, new ProtobufWriter(dice).Bytes(1, Utf8(dice, key)).Bytes(2, Utf8(dice, text)));
        }

        return model.ToBytes();
    }

    private static byte[] Model(Dice dice, ProtobufWriter graph) => Header(dice).Message(7, graph).ToBytes();

    private static ProtobufWriter Header(Dice dice) =>
        new ProtobufWriter(dice).Number(1, 8).Bytes(2, Utf8(dice, dice.Pick("CNTK", "pytorch", "FcnSharp")));

    private static string Dtype(Dice dice) => dice.OneIn(4) ? dice.Pick("F16", "BF16", "F64") : "F32";

    /// <summary>Writes the nodes of an operation, and returns the name of its output.</summary>
    private static string Add(Dice dice, ProtobufWriter graph, GraphNode node, Dictionary<GraphNode, string> names)
    {
        var result = node.Name;
        string[] inputs = [.. node.Inputs.Select(input => names[input])];
        switch (node)
        {
            case ConvolutionNode layer:
                graph.Message(1, Node(dice, "Conv", [.. inputs, .. Weights(layer)], result)
                    .Message(5, Ints(dice, "kernel_shape", layer.Kernel, layer.Kernel))
                    .Message(5, Ints(dice, "strides", layer.Stride, layer.Stride))
                    .Message(5, Ints(dice, "dilations", layer.Dilation, layer.Dilation))
                    .Message(5, Ints(dice, "pads", layer.Padding, layer.Padding, layer.Padding, layer.Padding)));
                if (layer.Norm is { } norm)
                {
                    graph.Message(1, Node(
                        dice, "BatchNormalization",
                        [result, $"{norm}.weight", $"{norm}.bias", $"{norm}.running_mean", $"{norm}.running_var"], $"{result}.normed")
                        .Message(5, new ProtobufWriter(dice).Bytes(1, "epsilon"u8).Single(2, 1e-5f)));
                    result = $"{result}.normed";
                }

                return layer.Relu ? Rectified(result) : result;
            case TransposedConvolutionNode layer:
                graph.Message(1, Node(dice, "ConvTranspose", [.. inputs, .. Weights(layer)], result)
                    .Message(5, Ints(dice, "strides", layer.Stride, layer.Stride))
                    .Message(5, Ints(dice, "pads", layer.Padding, layer.Padding, layer.Padding, layer.Padding)));
                return result;
            case MaxPoolNode pool:
                graph.Message(1, Node(dice, "MaxPool", inputs, result)
                    .Message(5, Ints(dice, "kernel_shape", pool.Kernel, pool.Kernel))
                    .Message(5, Ints(dice, "strides", pool.Stride, pool.Stride))
                    .Message(5, Ints(dice, "pads", pool.Padding, pool.Padding, dice.Pick(pool.Padding, pool.Padding, 0), pool.Padding))
                    .Message(5, Ints(dice, "ceil_mode", pool.Ceil ? 1 : 0)));
                return result;
            case AddNode sum:
                graph.Message(1, Node(dice, "Add", inputs, result));
                return sum.Relu ? Rectified(result) : result;
            case ScaleNode scale:
                graph.Message(5, Initializer(dice, new DrawnTensor($"{result}.factor", "F32", [], BitConverter.GetBytes(scale.Factor))));
                graph.Message(1, Node(dice, "Mul", [.. inputs, $"{result}.factor"], result));
                return result;
            case CropNode crop:
                Numbers("starts", crop.Offset, crop.Offset);
                Numbers("axes", 2, 3);
                graph.Message(1, Node(dice, "Add", [SizeOf(inputs[1]), $"{result}.starts"], $"{result}.ends"));
                graph.Message(1, Node(dice, "Slice", [inputs[0], $"{result}.starts", $"{result}.ends", $"{result}.axes"], result));
                return result;
            case PadNode pad:
                Numbers("multiple", pad.Multiple, pad.Multiple);
                Numbers("none", 0, 0, 0, 0, 0, 0);
                graph.Message(1, Node(dice, "Neg", [SizeOf(inputs[0])], $"{result}.negative"));
                graph.Message(1, Node(dice, "Mod", [$"{result}.negative", $"{result}.multiple"], $"{result}.missing"));
                graph.Message(1, Node(dice, "Concat", [$"{result}.none", $"{result}.missing"], $"{result}.pads"));
                graph.Message(1, Node(dice, "Pad", [inputs[0], $"{result}.pads"], result));
                return result;
            default:
                Numbers("outer", 1, node.Channels);
                graph.Message(1, Node(dice, "Concat", [$"{result}.outer", SizeOf(inputs[1])], $"{result}.sizes"));
                graph.Message(1, Node(dice, "Resize", [inputs[0], "", "", $"{result}.sizes"], result)
                    .Message(5, new ProtobufWriter(dice).Bytes(1, "mode"u8).Bytes(4, "linear"u8)));
                return result;
        }

        string Rectified(string map)
        {
            graph.Message(1, Node(dice, "Relu", [map], $"{map}.relu"));
            return $"{map}.relu";
        }

        string SizeOf(string map)
        {
            graph.Message(1, Node(dice, "Shape", [map], $"{result}.size")
                .Message(5, Ints(dice, "start", 2)).Message(5, Ints(dice, "end", 4)));
            return $"{result}.size";
        }

        void Numbers(string name, params ReadOnlySpan<long> numbers)
        {
            var bytes = new byte[sizeof(long) * numbers.Length];
            Buffer.BlockCopy(numbers.ToArray(), 0, bytes, 0, bytes.Length);
            graph.Message(5, Initializer(dice, new DrawnTensor($"{result}.{name}", "I64", [numbers.Length], bytes)));
        }
    }

    private static IEnumerable<string> Weights(GraphNode layer) =>
        layer.Tensors.Select(spec => spec.Name).Where(name => layer is not ConvolutionNode { Norm: { } norm }
            || !name.StartsWith($"{norm}.", StringComparison.Ordinal));

    private static ProtobufWriter Value(Dice dice, string name, params ReadOnlySpan<int> sizes)
    {
        var shape = new ProtobufWriter(dice);
        foreach (var size in sizes)
        {
            shape.Message(1, size == 0 ? new ProtobufWriter(dice).Bytes(2, "free"u8) : new ProtobufWriter(dice).Number(1, size));
        }

        var type = new ProtobufWriter(dice).Message(1, new ProtobufWriter(dice).Number(1, Float).Message(2, shape));
        return new ProtobufWriter(dice).Bytes(1, Utf8(dice, name)).Message(2, type);
    }

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

        var code = tensor.Dtype switch { "F64" => 11, "F16" => 10, "BF16" => 16, "I64" => 7, _ => Float };
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

    /// <summary>A very large number of inputs, outputs or attributes.</summary>
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

using System.Collections.Immutable;
using FcnSharp.Networks.Graphs;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>
/// Converts the nodes of an ONNX graph to the operations of a <see cref="NetworkGraph"/>. A convolution absorbs the batch normalisation
/// and the ReLU that follow it; nodes that compute sizes for Slice, Pad and Resize are replaced by the map whose size they compute.
/// </summary>
internal sealed class OnnxGraphReader
{
    private const int MostClasses = 255;
    private const int LongestSide = 65535;

    private const string Advice =
        "Convolutions, transposed convolutions, max pools, sums, constant factors, crops, zero padding to a multiple and bilinear " +
        "resizing are read; run other networks with ONNX Runtime.";

    private readonly OnnxFile file;
    private readonly ILookup<string, OnnxNode> readers;
    private readonly OnnxValue picture;
    private readonly ImageNode image = new();
    private readonly Dictionary<string, GraphNode> maps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<OnnxSize>> sizes = new(StringComparer.Ordinal);
    private readonly HashSet<OnnxNode> done = new(ReferenceEqualityComparer.Instance);
    private readonly OnnxWeights weights;

    private OnnxGraphReader(OnnxFile file)
    {
        (this.file, weights) = (file, new OnnxWeights(file, Advice));
        readers = file.Readers();
        picture = file.Inputs.ToList() is [{ Shape: [_, var channels, _, _] } only] && channels is 0 or 3
            ? only
            : throw new ContentException(
                "its graph does not have exactly one input of (N, 3, H, W), a picture.", "Export a network whose only input is a picture.");
        maps[picture.Name] = image;
    }

    /// <summary>The graph, its tensors named after its operations, and the entries of the file that are not part of it.</summary>
    /// <exception cref="ContentException">A node that the scores depend on is not supported.</exception>
    public static (NetworkGraph Graph, ImmutableArray<StoredTensor> Tensors, ImmutableArray<string> Ignored) Read(OnnxFile file)
    {
        var reader = new OnnxGraphReader(file);
        var graph = reader.ReadGraph();
        return (
            graph,
            reader.weights.Taken,
            [
                .. file.Nodes.Where(node => !reader.done.Contains(node)).Select(node => node.Description),
                .. file.Initializers.Keys.Where(name => !reader.weights.Uses(name) && !file.WholeNumbers.ContainsKey(name)),
            ]);
    }

    private NetworkGraph ReadGraph()
    {
        var output = file.Outputs[0].Name;
        foreach (var node in NodesBefore(output).Where(node => !done.Contains(node)))
        {
            done.Add(node);
            try
            {
                Add(node);
            }
            catch (ArgumentException exception)
            {
                throw Refused(node, $"is not valid: {FileText.Line(exception.Message)}");
            }
        }

        var scores = maps.TryGetValue(output, out var map)
            ? map
            : throw new ContentException($"its output {FileText.Shown(output)} is not a map of scores.", Advice);
        return scores.Channels is >= 2 and <= MostClasses && scores != image
            ? AtPicture(scores)
            : throw new ContentException(
                $"its output {FileText.Shown(output)} has {scores.Channels} channels, but 2 to {MostClasses}, one for each class, are " +
                "expected.", "Export the whole network, scores included.");
    }

    /// <summary>The scores at the size of the picture; scores at a fixed stride are upsampled bilinearly.</summary>
    private NetworkGraph AtPicture(GraphNode scores)
    {
        try
        {
            var enlarged = new NetworkGraph(new ResizeNode(weights.NameOf("scores"), scores, image));
            if (enlarged.Nodes.OfType<ConvolutionNode>().Any() && enlarged.GridOf(scores).Stride != 1)
            {
                return enlarged;
            }

            var graph = new NetworkGraph(scores);
            if (picture.Shape is [_, _, > 0 and <= LongestSide and var height, > 0 and <= LongestSide and var width])
            {
                graph.SizesFor((int)width, (int)height);
            }

            return graph.Nodes.OfType<ConvolutionNode>().Any()
                ? graph
                : throw new ContentException("it has no convolution.", "Give a network that segments pictures.");
        }
        catch (ArgumentException exception)
        {
            throw new ContentException(FileText.Line(exception.Message), Advice, exception);
        }
    }

    /// <summary>The nodes that a value depends on, in the order of the file, which ONNX requires to be topological.</summary>
    private Stack<OnnxNode> NodesBefore(string value)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { value };
        var nodes = new Stack<OnnxNode>();
        for (var i = file.Nodes.Count - 1; i >= 0; i--)
        {
            if (file.Nodes[i].Outputs.Any(needed.Contains))
            {
                needed.UnionWith(file.Nodes[i].Inputs);
                nodes.Push(file.Nodes[i]);
            }
        }

        return nodes;
    }

    private void Add(OnnxNode node)
    {
        var map = node.Inputs.IsEmpty ? null : maps.GetValueOrDefault(node.Inputs[0]);
        if (OnnxSizes.Of(node, [.. node.Inputs.Select(SizesOf)], map) is { } list)
        {
            sizes[node.Result] = list;
            return;
        }

        switch (node.Operation)
        {
            case "Constant":
                break;
            case "Conv":
                AddConvolution(node);
                break;
            case "ConvTranspose":
                AddUpsampler(node);
                break;
            case "MaxPool":
                maps[node.Result] = Pool(node);
                break;
            case "Add":
                AddSum(node);
                break;
            case "Mul":
                maps[node.Result] = Scaled(node);
                break;
            case "Slice":
                AddCrop(node);
                break;
            case "Pad":
                maps[node.Result] = Padded(node);
                break;
            case "Resize":
                maps[node.Result] = Resized(node);
                break;
            case "Identity" or "Dropout":
                maps[node.Result] = Map(node, 0);
                break;
            case "ArgMax" or "Softmax" when ReadsClasses(node):
                maps[node.Result] = Map(node, 0);
                break;
            default:
                throw Refused(node, "is an operation that is not supported");
        }
    }

    private void AddConvolution(OnnxNode node)
    {
        var input = Map(node, 0);
        var weight = weights.KernelOf(node);
        var name = weights.NameOfLayer(weight, otherwise: "conv");
        var (kernel, padding) = (Kernel(node, weight), Padding(node));
        weights.Take(node, 1, $"{name}.weight");
        var hasBias = weights.TakeBias(node, name);
        CheckChannels(node, weight.Shape[1], input);

        var last = node;
        string? norm = null;
        if (Follower(last, "BatchNormalization") is { } normed)
        {
            last = Done(normed);
            norm = weights.NameOfLayer(weights.Get(normed, 1), otherwise: $"{name}.norm");
            weights.TakeNorm(normed, norm);
        }

        var relu = Follower(last, "Relu");
        maps[Done(relu ?? last).Result] = new ConvolutionNode(name, input, weight.Shape[0], kernel)
        {
            Stride = Even(node, "strides", 1),
            Dilation = Even(node, "dilations", 1),
            Padding = padding,
            HasBias = hasBias,
            Norm = norm,
            Relu = relu is not null,
        };
    }

    private void AddUpsampler(OnnxNode node)
    {
        var input = Map(node, 0);
        var weight = weights.KernelOf(node);
        var name = weights.NameOfLayer(weight, otherwise: "upsample");
        if (Even(node, "dilations", 1) != 1 || Even(node, "output_padding", 0) != 0 || !node.Numbers("output_shape").IsDefaultOrEmpty)
        {
            throw Refused(node, "has dilations, an output padding or an output shape");
        }

        weights.Take(node, 1, $"{name}.weight");
        CheckChannels(node, weight.Shape[0], input);
        maps[node.Result] = new TransposedConvolutionNode(name, input, weight.Shape[1], Kernel(node, weight), Even(node, "strides", 1))
        {
            Padding = Padding(node),
            HasBias = weights.TakeBias(node, name),
        };
    }

    private MaxPoolNode Pool(OnnxNode node) =>
        Even(node, "dilations", 1) == 1 && node.Outputs.Length == 1 && node.TextOf("auto_pad") is "" or "NOTSET"
            ? new MaxPoolNode(weights.NameOf("pool"), Map(node, 0), Even(node, "kernel_shape", 0), Even(node, "strides", 1))
            {
                Padding = Padding(node),
                Ceil = node.Numbers("ceil_mode", 0) is [1],
            }
            : throw Refused(node, "has dilations, indices or automatic padding");

    private void AddSum(OnnxNode node)
    {
        var (first, second) = (Map(node, 0), Map(node, 1));
        var relu = Follower(node, "Relu");
        maps[Done(relu ?? node).Result] = new AddNode(weights.NameOf("sum"), first, second) { Relu = relu is not null };
    }

    private ScaleNode Scaled(OnnxNode node)
    {
        var isFirst = maps.ContainsKey(node.Inputs[0]);
        var factor = weights.Get(node, isFirst ? 1 : 0);
        if (factor.Shape.Any(size => size != 1))
        {
            throw Refused(node, "multiplies by more than one number");
        }

        var value = new float[1];
        factor.Read(value);
        return new ScaleNode(weights.NameOf("scaled"), Map(node, isFirst ? 0 : 1), value[0]);
    }

    /// <summary>One Slice of both axes, or a Slice of rows followed by a Slice of columns.</summary>
    private void AddCrop(OnnxNode node)
    {
        var input = Map(node, 0);
        var (starts, ends, axes) = (List(node, 1), List(node, 2), List(node, 3));
        var hasSteps = !OnnxSizes.HasStepsOfOne([.. node.Inputs.Select(SizesOf)]);
        if (axes is [{ Number: 2 }] && Follower(node, "Slice") is { } second)
        {
            hasSteps |= !OnnxSizes.HasStepsOfOne([.. second.Inputs.Select(SizesOf)]);
            (starts, ends, axes) = ([.. starts, .. List(second, 1)], [.. ends, .. List(second, 2)], [.. axes, .. List(second, 3)]);
            node = Done(second);
        }

        if (hasSteps || axes is not [{ Number: 2 }, { Number: 3 }]
            || starts is not [{ Number: >= 0 and <= int.MaxValue and var top }, { Number: { } left }] || top != left || ends.Length != 2
            || SizeTaken(ends[0], ends[1], top) is not { } like)
        {
            throw Refused(node, "does not crop to the size of another map");
        }

        maps[node.Result] = new CropNode(weights.NameOf("crop"), input, (int)top, like);
    }

    private GraphNode Padded(OnnxNode node)
    {
        var input = Map(node, 0);
        var pads = List(node, 1);
        var isZero = node.TextOf("mode") is "" or "constant"
            && (node.Inputs.Length < 3 || node.Inputs[2].Length == 0 || weights.IsZero(node, 2));
        if (isZero && pads.Length == 8 && pads.All(size => size.Number == 0))
        {
            return input;
        }

        return isZero && pads.Length == 8 && pads[..6].All(size => size.Number == 0)
            && pads[6] is { IsNegative: true, Axis: 2, Multiple: > 0 and <= int.MaxValue } rows && rows.Map == input
            && pads[7] == rows with { Axis = 3 }
            ? new PadNode(weights.NameOf("padded"), input, (int)rows.Multiple)
            : throw Refused(node, "does not add zeros on the right and below, up to a multiple of a size");
    }

    private ResizeNode Resized(OnnxNode node)
    {
        var isBilinear = node.TextOf("mode") == "linear" && node.Numbers("antialias", 0) is [0]
            && node.TextOf("coordinate_transformation_mode") is "" or "half_pixel" or "pytorch_half_pixel";
        return isBilinear && node.Inputs.Length == 4 && List(node, 3) is [_, _, var height, var width]
            && SizeTaken(height, width, added: 0) is { } like
            ? new ResizeNode(weights.NameOf("resized"), Map(node, 0), like)
            : throw Refused(node, "does not resize bilinearly, with half-pixel centres, to the size of another map");
    }

    /// <summary>The map that has this height and width, after <paramref name="added"/> is subtracted; null if there is none.</summary>
    private GraphNode? SizeTaken(OnnxSize height, OnnxSize width, long added)
    {
        var isOfMap = height is { Map: not null, Axis: 2, IsNegative: false, Multiple: 0 } && height.Added == added
            && width == height with { Axis = 3 };
        return isOfMap ? height.Map
            : height.Number - added == picture.Shape[2] && width.Number - added == picture.Shape[3] ? image
            : null;
    }

    private bool ReadsClasses(OnnxNode node) =>
        node.Numbers("axis", node.Operation == "ArgMax" ? 0 : -1) is [1 or -3] && node.Result == file.Outputs[0].Name;

    private ImmutableArray<OnnxSize>? SizesOf(string value) =>
        sizes.TryGetValue(value, out var list) ? list
        : file.WholeNumbers.TryGetValue(value, out var numbers) ? [.. numbers.Select(OnnxSize.Constant)]
        : null;

    private ImmutableArray<OnnxSize> List(OnnxNode node, int input) =>
        input < node.Inputs.Length && SizesOf(node.Inputs[input]) is { } list
            ? list
            : throw Refused(node, $"has an input {input} whose sizes cannot be traced to a map");

    private GraphNode Map(OnnxNode node, int input) =>
        input < node.Inputs.Length && maps.TryGetValue(node.Inputs[input], out var map)
            ? map
            : throw Refused(node, $"has an input {input} that is not a map");

    private static int Kernel(OnnxNode node, StoredTensor weight) =>
        Even(node, "kernel_shape", weight.Shape[2]) == weight.Shape[2]
            ? weight.Shape[2]
            : throw Refused(node, $"has a kernel_shape that differs from its weight, {FileText.Shape(weight.Shape)}");

    private static void CheckChannels(OnnxNode node, int expected, GraphNode input)
    {
        if (expected != input.Channels)
        {
            throw Refused(node, $"reads {expected} channels, but its input has {input.Channels}");
        }
    }

    /// <summary>The only reader of a node's output, if it is of the given operation; otherwise null.</summary>
    private OnnxNode? Follower(OnnxNode node, string operation) =>
        readers[node.Result].ToList() is [var next] && next.Operation == operation && next.Inputs[0] == node.Result
        && node.Result != file.Outputs[0].Name
            ? next
            : null;

    private OnnxNode Done(OnnxNode node)
    {
        done.Add(node);
        return node;
    }

    /// <summary>An attribute that must be the same for both axes.</summary>
    private static int Even(OnnxNode node, string name, int otherwise) =>
        node.Numbers(name, otherwise, otherwise) is [>= 0 and <= int.MaxValue and var rows, var columns] && rows == columns
            ? (int)rows
            : throw Refused(node, $"has different {name} for rows and columns");

    private static int Padding(OnnxNode node) =>
        node.Numbers("pads", 0, 0, 0, 0) is [>= 0 and <= int.MaxValue and var top, var left, var bottom, var right]
        && (left, bottom, right) == (top, top, top)
            ? (int)top
            : throw Refused(node, "pads its four sides differently");

    private static ContentException Refused(OnnxNode node, string why) => node.Refused(why, Advice);
}

using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Weights.Formats;

/// <summary>
/// Reads the convolutional part of a ResNet in an ONNX file by walking the graph from the picture: initializers may have any name, and
/// get torchvision's names. Nodes after the last residual block are left out.
/// </summary>
internal sealed class OnnxTrunk
{
    private const int Stages = 4;
    private const string Advice = "The only ONNX classifiers that can be read are ResNets with a trunk like torchvision's.";

    /// <summary>Producer of the ImageNet trunk in the package Microsoft.ML.DnnImageFeaturizer.ResNet18.</summary>
    private const string Cntk = "CNTK";

    private readonly OnnxWeights weights;
    private readonly ILookup<string, OnnxNode> readers;
    private readonly HashSet<OnnxNode> walked = new(ReferenceEqualityComparer.Instance);

    private OnnxTrunk(OnnxFile file)
    {
        weights = new OnnxWeights(file, Advice);
        readers = file.Readers();
    }

    /// <exception cref="ContentException">The graph is not a ResNet; the message names the first node that does not fit.</exception>
    public static CheckpointContents Read(OnnxFile model)
    {
        var trunk = new OnnxTrunk(model);
        trunk.Walk(model.Inputs.ToList() is [var picture]
            ? picture.Name
            : throw new ContentException($"its graph has {model.Inputs.Count()} inputs, but exactly one, a picture, is expected.", Advice));
        return new CheckpointContents(CheckpointFormat.Onnx, trunk.weights.Taken)
        {
            Map = model.Producer == Cntk ? NameMap.CntkResNet : NameMap.TorchvisionResNet,
            Ignored =
            [
                .. model.Nodes.Where(node => !trunk.walked.Contains(node)).Select(node => node.Description),
                .. model.Initializers.Keys.Where(name => !trunk.weights.Uses(name)),
            ],
        };
    }

    private void Walk(string picture)
    {
        var map = Pool(Relu(Layer(Single(picture, "Conv"), "conv1", kernel: 7, stride: 2)));
        var (stage, block) = (0, 0);
        while (Convolutions(map) is { Count: > 0 } branches)
        {
            var isFirst = stage == 0 || branches.Count > 1;
            (stage, block) = isFirst ? (stage + 1, 0) : (stage, block + 1);
            if (stage > Stages)
            {
                throw Refused(branches[0], "begins a fifth stage");
            }

            map = Block(map, branches, $"layer{stage}.{block}", isFirst && stage > 1 ? 2 : 1);
        }

        if (stage < Stages)
        {
            throw new ContentException(
                $"{FileText.Shown(map)} follows {stage} stages of residual blocks, but {Stages} are expected.", Advice);
        }
    }

    /// <summary>A residual block: two or three convolutions in sequence, whose output is added to their input, or to a convolution of
    /// it.</summary>
    private string Block(string map, List<OnnxNode> branches, string name, int stride)
    {
        var residual = branches.SingleOrDefault(branch => Follower(Normed(branch))?.Operation == "Relu") ?? branches[0];
        var isBottleneck = SideOf(residual) == 1;
        var first = Relu(Layer(residual, $"{name}.conv1", isBottleneck ? 1 : 3, isBottleneck ? 1 : stride));
        var last = isBottleneck
            ? Layer(
                Single(Relu(Layer(Single(first, "Conv"), $"{name}.conv2", kernel: 3, stride)), "Conv"),
                $"{name}.conv3", kernel: 1, stride: 1)
            : Layer(Single(first, "Conv"), $"{name}.conv2", kernel: 3, stride: 1);
        var other = branches.Where(branch => branch != residual).ToList() switch
        {
            [] => map,
            [var shortcut] => Layer(shortcut, $"{name}.downsample.0", kernel: 1, stride),
            _ => throw Refused(branches[2], "is a third branch of a residual block"),
        };

        var sum = Taken(Single(last, "Add"));
        return sum.Inputs is [var left, var right] && ((left, right) == (last, other) || (left, right) == (other, last))
            ? Relu(sum.Result)
            : throw Refused(sum, $"does not add {last} to {other}");
    }

    /// <summary>Takes a convolution and the norm that follows it, if there is one; returns the name of the output.</summary>
    private string Layer(OnnxNode convolution, string name, int kernel, int stride)
    {
        Taken(convolution);
        var pads = convolution.Numbers("pads", 0, 0, 0, 0);
        var (border, lastStep) = (kernel / 2, stride - 1);
        if (SideOf(convolution) != kernel
            || !convolution.Numbers("strides", 1, 1).SequenceEqual([stride, stride])
            || !convolution.Numbers("dilations", 1, 1).SequenceEqual([1, 1])
            || !convolution.Numbers("group", 1).SequenceEqual([1])
            || convolution.TextOf("auto_pad") is not ("" or "NOTSET")
            || pads is not [var top, var left, var bottom, var right]
            || (top, left) != (border, border) || bottom != right || bottom > border || bottom < border - lastStep)
        {
            throw Refused(convolution, $"is not a {kernel}x{kernel} convolution of stride {stride} with same padding");
        }

        weights.Take(convolution, 1, $"{name}.weight");
        weights.TakeBias(convolution, name);
        if (Follower(convolution.Result) is not { Operation: "BatchNormalization" } norm)
        {
            return convolution.Result;
        }

        Taken(norm);
        weights.TakeNorm(norm, ResNetTrunkGraph.NormOf(name));
        return norm.Result;
    }

    private string Pool(string map)
    {
        var pool = Taken(Single(map, "MaxPool"));
        return pool.Numbers("kernel_shape").SequenceEqual([3, 3])
            && pool.Numbers("strides", 1, 1).SequenceEqual([2, 2])
            && pool.Numbers("pads", 0, 0, 0, 0) is [1, 1, 0, 0] or [1, 1, 1, 1]
            && pool.Numbers("ceil_mode", 0).SequenceEqual([0])
            ? pool.Result
            : throw Refused(pool, "is not a 3x3 max pool with stride 2 and padding 1");
    }

    private string Relu(string map) => Taken(Single(map, "Relu")).Result;

    /// <summary>The output of a convolution, after its norm if it has one.</summary>
    private string Normed(OnnxNode convolution) =>
        Follower(convolution.Result) is { Operation: "BatchNormalization" } norm ? norm.Result : convolution.Result;

    private List<OnnxNode> Convolutions(string map) => [.. readers[map].Where(node => node.Operation == "Conv")];

    /// <summary>The only reader of a map; null if there are several or none.</summary>
    private OnnxNode? Follower(string map) => readers[map].ToList() is [var node] ? node : null;

    private OnnxNode Single(string map, string operation) => Follower(map) switch
    {
        { } node when node.Operation == operation => node,
        { } node => throw Refused(node, $"is in the place of a {operation}"),
        null => throw new ContentException(
            $"{FileText.Shown(map)} is read by {readers[map].Count()} nodes, but exactly one {operation} is expected.", Advice),
    };

    private OnnxNode Taken(OnnxNode node) => walked.Add(node) ? node : throw Refused(node, "is part of a cycle");

    private long SideOf(OnnxNode convolution) => weights.Get(convolution, 1).Shape is [_, _, var rows, var columns] && rows == columns
        ? rows
        : throw Refused(convolution, "has a kernel that is not square");

    private static ContentException Refused(OnnxNode node, string why) => node.Refused(why, Advice);
}

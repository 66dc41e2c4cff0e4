using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>ResNets of other tools as the trunks of networks here.</summary>
public class ResNetBackboneTests
{
    /// <summary>Invalid ONNX files, each with a part of the expected message.</summary>
    public static TheoryData<string, string> DamagedGraphs => new()
    {
        { "no pool", "its node Conv backbone.layer1.0.conv1.out is in the place of a MaxPool." },
        { "another pool", "its node MaxPool pool is not a 3x3 max pool with stride 2 and padding 1." },
        { "five stages", "its node Conv more.conv begins a fifth stage." },
        { "three stages", "layer3.0 follows 3 stages of residual blocks, but 4 are expected." },
        { "a stride", "its node Conv backbone.layer2.0.conv1.out is not a 3x3 convolution of stride 2 with same padding." },
        { "a dilation", "its node Conv backbone.layer4.1.conv2.out is not a 3x3 convolution of stride 1 with same padding." },
        { "groups", "its node Conv backbone.layer1.0.conv2.out is not a 3x3 convolution of stride 1 with same padding." },
        { "pads", "its node Conv backbone.conv1.out is not a 7x7 convolution of stride 2 with same padding." },
        { "automatic pads", "its node Conv backbone.conv1.out is not a 7x7 convolution of stride 2 with same padding." },
        { "a sum of others", "its node Add backbone.layer1.0.sum does not add backbone.layer1.0.bn2 to pool." },
        { "no sum", "its node Mul backbone.layer1.0.sum is in the place of a Add." },
        { "no weights", "its node Conv backbone.layer1.0.conv1.out has an input 1 that is not an initializer." },
        { "a circle", "is part of a cycle." },
        { "two readers", "backbone.layer1.0.bn1 is read by 2 nodes, but exactly one Relu is expected." },
    };

    [Fact]
    public void Load_TorchvisionsFile_FillsTheTrunkAndLeavesTheClassifierOut()
    {
        var (network, report) = Checkpoint.Load(CheckpointFiles.At("resnet50-narrow.pth"), new CheckpointOptions { NumClasses = 5 });

        Assert.Equal(new FcnOptions { NumClasses = 5, Trunk = ResNetTrunkOptions.ResNet50 with { Width = 4 } }, network.Options);
        Assert.Equal(Normalization.ImageNet, network.Card.Normalization);
        Assert.Same(NameMap.TorchvisionResNet, report.Map);
        Assert.Equal(
            GoldenFill.Values("backbone.conv1.weight", 4 * 147, Math.Sqrt(6.0 / 147)), network["backbone.conv1.weight"].Values.ToArray());
        Assert.Equal(
            GoldenFill.Values("backbone.layer3.5.bn2.running_mean", 16, 0.1),
            network["backbone.layer3.5.bn2.running_mean"].Values.ToArray());
        Assert.Contains(report.LeftOut, line => line == new ReportLine("fc.weight", "not part of any network here"));
        Assert.Empty(report.LayersLeftOut);
        Assert.Equal(
            [
                "fc8.weight zero", "fc8.bias zero", "score_4b.0.weight zero", "score_4b.0.bias zero", "score_3b.0.weight zero",
                "score_3b.0.bias zero", "upscore.weight bilinear", "upscore.bias zero", "upscore_4b.weight bilinear",
                "upscore_4b.bias zero", "upscore_3b.weight bilinear", "upscore_3b.bias zero",
            ],
            report.Reinitialised.Select(line => $"{line.Tensor} {line.Note}"));
        Assert.StartsWith(
            "PyTorch file, names of torchvision ResNet\nFcn8s, Compact layout, 5 classes, on a ResNet of 3, 4, 6, 3 bottlenecks, ",
            report.ToString());
    }

    [Fact]
    public void Load_FewerBlocks_KeepsTheFirstAndNamesTheOthers()
    {
        var options = new CheckpointOptions { Blocks = new ResNetBlocks(3, 4, 6, 1), Variant = FcnVariant.Fcn4s };

        var (network, report) = Checkpoint.Load(CheckpointFiles.At("resnet50-narrow.pth"), options);

        Assert.Equal(ResNetTrunkOptions.ResNet50 with { Width = 4, Blocks = new(3, 4, 6, 1) }, network.Options.Trunk);
        Assert.Equal(
            GoldenFill.Values("backbone.layer4.0.conv3.weight", 128 * 32, Math.Sqrt(6.0 / 32)),
            network["backbone.layer4.0.conv3.weight"].Values.ToArray());
        Assert.Equal(2 * 15, report.LayersLeftOut.Length);
        Assert.Contains(
            report.LayersLeftOut,
            line => line == new ReportLine("layer4.1.conv1.weight", "the network (Fcn4s, Compact layout) has no such tensor"));
        Assert.All(report.LayersLeftOut, line => Assert.Matches(@"^layer4\.[12]\.", line.Tensor));
    }

    [Fact]
    public void Load_MoreBlocksThanThereAre_NamesTheFirstTensorThatIsMissing() =>
        Assert.Contains("layer4.3.conv1.weight", Assert.Throws<WeightFileException>(() => Checkpoint.Load(
            CheckpointFiles.At("resnet50-narrow.pth"), new CheckpointOptions { Blocks = new(3, 4, 6, 4) })).Message);

    [Fact]
    public void Load_BlocksOfAVgg_AreRefused() =>
        Assert.Contains("has no residual blocks, so Blocks cannot be 2, 2, 2, 2. Omit the option.", Assert.Throws<WeightFileException>(() =>
            Checkpoint.Load(CheckpointFiles.At("torchvision-vgg.pth"), new CheckpointOptions { Blocks = new(2, 2, 2, 2) })).Message);

    [Fact]
    public void Predictor_OfATrunkAlone_IsRefused() =>
        Assert.Contains("holds only a part of the network", Assert.Throws<WeightFileException>(
            () => FcnPredictor.Load(CheckpointFiles.At("resnet50-narrow.pth"))).Message);

    [Theory]
    [InlineData(ResNetBlock.Basic, true)]
    [InlineData(ResNetBlock.Basic, false)]
    [InlineData(ResNetBlock.Bottleneck, true)]
    [InlineData(ResNetBlock.Bottleneck, false)]
    public void Load_AnOnnxGraph_FindsEveryTensorWhateverItIsCalled(ResNetBlock block, bool batchNorm)
    {
        using var folder = new TempFolder();
        var network = Small(block, batchNorm);
        OnnxResNet.Write(folder["trunk.onnx"], network);

        var (loaded, report) = Checkpoint.Load(folder["trunk.onnx"], new CheckpointOptions { NumClasses = 3 });

        Assert.Equal(network.Options, loaded.Options);
        Assert.All(
            network.Tensors.Where(tensor => tensor.Name.StartsWith("backbone.", StringComparison.Ordinal)),
            tensor => Assert.Equal(tensor.Values.ToArray(), loaded[tensor.Name].Values.ToArray()));
        Assert.Equal((CheckpointFormat.Onnx, NameMap.TorchvisionResNet), (report.Format, report.Map));
        Assert.Equal(["GlobalAveragePool average", "MatMul classes", "fc"], report.LeftOut.Select(line => line.Tensor));
    }

    [Theory]
    [MemberData(nameof(DamagedGraphs))]
    public void Load_AnOnnxGraphOfAnotherKind_NamesTheFirstNodeThatDoesNotFit(string damage, string expected)
    {
        using var folder = new TempFolder();
        OnnxResNet.Write(folder["trunk.onnx"], Small(ResNetBlock.Basic, batchNorm: true), node => Damaged(node, damage));

        var message = Refusal.OfCheckpoint(File.ReadAllBytes(folder["trunk.onnx"]));

        Assert.Contains(expected, message);
        Assert.EndsWith("The only ONNX classifiers that can be read are ResNets with a trunk like torchvision's.", message);
    }

    [Fact]
    public void Inspect_AnOnnxGraph_ListsTensorsUnderTorchvisionsNames()
    {
        using var folder = new TempFolder();
        OnnxResNet.Write(folder["trunk.onnx"], Small(ResNetBlock.Basic, batchNorm: true));

        var inspection = Checkpoint.Inspect(folder["trunk.onnx"]);

        Assert.Equal("conv1.weight", inspection.Tensors[0].Name);
        Assert.Null(inspection.Refusal);
    }

    /// <summary>PyTorch computed the features from the same file, fed BGR minus its mean.</summary>
    [Theory]
    [InlineData("layer2", 8)]
    [InlineData("layer3", 16)]
    [InlineData("layer4", 32)]
    public void Load_TheTrunkOfThePackage_GivesItsFeatures(string layer, int stride)
    {
        const int Group = 64;
        var golden = CheckpointFiles.At("trunk-features.safetensors");
        var expected = GoldenTensors.Read(golden)[layer];
        var picture = GoldenTensors.ReadPicture(golden, "picture");
        var (network, report) = Checkpoint.Load(Path.Combine(AppContext.BaseDirectory, "ResNet18.onnx"));

        Assert.Equal(ResNetTrunkOptions.ResNet18Onnx, network.Options.Trunk);
        Assert.Equal(["AveragePool Pooling395_Output_0"], report.LeftOut.Select(line => line.Tensor));
        Assert.Equal("backbone.conv1.weight (BGR to RGB, scaled for the normalisation)",
            report.Flipped.Select(line => $"{line.Tensor} ({line.Note})").Single());
        var (rows, columns) = (expected.Shape[2], expected.Shape[3]);
        var feature = network.Graph.Nodes.OfType<AddNode>()
            .Last(node => node.Name.StartsWith($"backbone.{layer}.", StringComparison.Ordinal));
        for (var first = 0; first < feature.Channels; first += Group)
        {
            var graph = Spread(feature, first, Group, stride, out var tensors);
            using var engine = new CpuEngine(
                graph, graph.Tensors.Select(spec => tensors.GetValueOrDefault(spec.Name) ?? network[spec.Name]), network.Card);

            var scores = engine.Score(picture);

            var found = new float[Group * rows * columns];
            for (var i = 0; i < found.Length; i++)
            {
                var (channel, row, column) = (i / (rows * columns), i / columns % rows, i % columns);
                found[i] = scores.Values.Span[(((channel * picture.Height) + (row * stride)) * picture.Width) + (column * stride)];
            }

            Closeness.Assert(
                expected.Values.Span.Slice(first * rows * columns, found.Length), found, Closeness.ToPyTorch, $"{layer} from {first}");
        }
    }

    /// <summary>A graph whose scores are some channels of a map: its cell (y, x) is at the pixel (stride y, stride x).</summary>
    private static NetworkGraph Spread(GraphNode map, int first, int count, int stride, out Dictionary<string, NamedTensor> tensors)
    {
        var chosen = new ConvolutionNode("chosen", map, count, kernel: 1) { HasBias = false };
        var spread = new TransposedConvolutionNode("spread", chosen, count, stride, stride) { HasBias = false };
        var image = map;
        while (image.Inputs.Length > 0)
        {
            image = image.Inputs[0];
        }

        var (choice, cells) = (new float[count * map.Channels], new float[count * count * stride * stride]);
        for (var i = 0; i < count; i++)
        {
            choice[(i * map.Channels) + first + i] = 1;
            cells[((i * count) + i) * stride * stride] = 1;
        }

        tensors = new()
        {
            [chosen.Weight] = new(chosen.Weight, [count, map.Channels, 1, 1], choice),
            [spread.Weight] = new(spread.Weight, [count, count, stride, stride], cells),
        };
        return new NetworkGraph(new CropNode("scores", spread, offset: 0, image));
    }

    private static IEnumerable<OnnxResNet.Node> Damaged(OnnxResNet.Node node, string damage)
    {
        const string Prefix = "backbone.";
        switch (damage, node.Output)
        {
            case ("no pool", "pool"):
            case ("three stages", var dropped) when dropped.StartsWith("backbone.layer4", StringComparison.Ordinal):
                break;
            case ("no pool", $"{Prefix}layer1.0.conv1.out"):
                yield return node with { Inputs = ["backbone.conv1.relu", node.Inputs[1]] };
                break;
            case ("another pool", "pool"):
                yield return With(node, "pads", 0, 0, 0, 0);
                break;
            case ("five stages", "average"):
                yield return new OnnxResNet.Node("Conv", [node.Inputs[0], "fc"], "more.conv");
                yield return new OnnxResNet.Node("Conv", [node.Inputs[0], "fc"], "more.downsample");
                break;
            case ("a stride", $"{Prefix}layer2.0.conv1.out"):
                yield return With(node, "strides", 1, 1);
                break;
            case ("a dilation", $"{Prefix}layer4.1.conv2.out"):
                yield return With(node, "dilations", 2, 2);
                break;
            case ("groups", $"{Prefix}layer1.0.conv2.out"):
                yield return With(node, "group", 2);
                break;
            case ("pads", $"{Prefix}conv1.out"):
                yield return With(node, "pads", 2, 2, 3, 3);
                break;
            case ("automatic pads", $"{Prefix}conv1.out"):
                yield return node with { Texts = new() { ["auto_pad"] = "SAME_UPPER" } };
                break;
            case ("a sum of others", $"{Prefix}layer1.0.sum"):
                yield return node with { Inputs = [node.Inputs[0], "elsewhere"] };
                break;
            case ("no sum", $"{Prefix}layer1.0.sum"):
                yield return node with { Operation = "Mul" };
                break;
            case ("no weights", $"{Prefix}layer1.0.conv1.out"):
                yield return node with { Inputs = [node.Inputs[0]] };
                break;
            case ("a circle", $"{Prefix}layer1.0"):
                yield return node with { Output = "pool" };
                break;
            case ("two readers", "average"):
                yield return node with { Inputs = ["backbone.layer1.0.bn1"] };
                break;
            default:
                yield return node;
                break;
        }
    }

    private static OnnxResNet.Node With(OnnxResNet.Node node, string attribute, params long[] numbers) =>
        node with { Numbers = new(node.Numbers) { [attribute] = numbers } };

    private static FcnNetwork Small(ResNetBlock block, bool batchNorm) => FilledNetwork.Create(new FcnOptions
    {
        NumClasses = 3, Trunk = new ResNetTrunkOptions { Block = block, Blocks = new(1, 2, 1, 2), Width = 2, BatchNorm = batchNorm },
    });
}

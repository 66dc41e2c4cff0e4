using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;
using FcnSharp.Weights.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FcnSharp.Tests.Weights;

/// <summary>Networks in ONNX files: our own, torchvision's as PyTorch exports it, and others.</summary>
public sealed class OnnxReaderTests : IDisposable
{
    private const int GraphCount = 60;

    private static readonly ModelCard Card = new() { Normalization = Normalization.ImageNet };

    private readonly TempFolder folder = new();

    /// <summary>An FCN of every variant, layout and trunk, with and without batch norm.</summary>
    public static TheoryData<NetworkOptions> Networks =>
    [
        .. from kind in FilledNetwork.VariantsAndLayouts
           from batchNorm in new[] { false, true }
           select new FcnOptions
           {
               Variant = kind.Variant, Layout = kind.Layout, NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = batchNorm },
           },
        new FcnOptions { Layout = FcnLayout.Original, AtOnce = true, NumClasses = 3, Trunk = FilledNetwork.TinyTrunk },
        .. from variant in Enum.GetValues<FcnVariant>()
           from block in Enum.GetValues<ResNetBlock>()
           select new FcnOptions
           {
               Variant = variant, NumClasses = 3, Trunk = new ResNetTrunkOptions { Block = block, Blocks = new(2, 1, 3, 1), Width = 3 },
           },
        new DilatedFcnOptions { NumClasses = 3, Trunk = ResNetTrunkOptions.ResNet50 with { Blocks = new(1, 2, 1, 2), Width = 3 } },
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Networks))]
    public void Load_OurOwnExport_IsTheNetworkWithItsNormsFolded(NetworkOptions options)
    {
        var network = FilledNetwork.Create(options).WithCard(new ModelCard
        {
            Name = "Test", Classes = new ClassList(["sky", "Straße", "道路"], new Palette([new(1, 2, 3), new(4, 5, 6), new(7, 8, 9)])),
            Normalization = Normalization.ImageNet, WorkingSize = 64, WorkingSide = WorkingSide.Shorter, Temperature = 1.5,
        });
        foreach (var labels in new[] { false, true })
        {
            OnnxExporter.Export(network, folder["net.onnx"], new OnnxOptions { ArgMax = labels });

            var (loaded, report) = Checkpoint.LoadComplete(folder["net.onnx"]);

            var expected = network.FoldBatchNorm();
            Assert.Equal(expected.Options, loaded.Options);
            Assert.Equal(expected.Card, loaded.Card);
            Assert.Equal(CheckpointFormat.Onnx, report.Format);
            AssertSameNumbers(expected.Tensors, loaded);
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Predictor_OfOurOwnExport_GivesTheSameLabelsToTheBit(NetworkOptions options)
    {
        var network = FilledNetwork.Create(options).WithCard(Card);
        OnnxExporter.Export(network, folder["net.onnx"]);
        using var expected = FcnPredictor.Create(network);
        using var actual = FcnPredictor.Load(folder["net.onnx"]);

        foreach (var (width, height) in new[] { (1, 1), (45, 70), (97, 65) })
        {
            var picture = TestPictures.Noise(width, height);
            Assert.Equal(expected.Segment(picture).Labels.Labels.ToArray(), actual.Segment(picture).Labels.Labels.ToArray());
        }
    }

    /// <summary>torch.onnx.export wrote them, of a fixed and of any size.</summary>
    [Theory]
    [InlineData("fixed", "norms")]
    [InlineData("fixed", "folded")]
    [InlineData("dynamic", "norms")]
    [InlineData("dynamic", "folded")]
    public void Load_TorchvisionsFcnByPyTorch_IsTheDilatedNetwork(string size, string norms)
    {
        var path = Golden($"fcn-resnet50-narrow-{size}-{norms}.onnx");
        var logits = GoldenTensors.Read(Golden("logits-fcn-resnet50-narrow-65x97.safetensors"));
        var x = logits["x"].Values.ToArray()[..(3 * 65 * 97)];
        var y = logits["y"].Values.ToArray()[..(21 * 65 * 97)];

        var (network, report) = Checkpoint.LoadComplete(path, new CheckpointOptions { Normalization = Normalization.ImageNet });

        Assert.Equal(
            new DilatedFcnOptions { Trunk = ResNetTrunkOptions.ResNet50 with { Width = 4, BatchNorm = norms == "norms" } },
            network.Options);
        Assert.Equal(ClassList.Voc, network.Card.Classes);
        Assert.Empty(report.LayersLeftOut);
        Closeness.Assert(y, NaiveFcn.Score(network, x, 65, 97).Values.Span, Closeness.ToPyTorch, path);
    }

    [Fact]
    public void Predictor_OfAForeignFile_AsksForANormalisation()
    {
        var path = Golden("fcn-resnet50-narrow-dynamic-folded.onnx");

        var fault = Assert.Throws<WeightFileException>(() => FcnPredictor.Load(path));

        Assert.Contains("does not state the normalisation of its input", fault.Message, StringComparison.Ordinal);
        using var predictor = FcnPredictor.Load(path, checkpoint: new CheckpointOptions { Normalization = Normalization.ImageNet });
        Assert.Equal((65, 97), (predictor.Segment(TestPictures.Noise(65, 97)).Labels.Width, 97));
    }

    /// <summary>Operations of every kind in random order, which are not an FCN: the file gives the same result as the graph.</summary>
    [Fact]
    public void Predictor_OfRandomGraphs_GivesTheLabelsOfTheGraph()
    {
        var unnamed = 0;
        for (var seed = 0; seed < GraphCount; seed++)
        {
            var picture = TestPictures.Noise(61, 47, seed);
            var graph = RandomGraph.Of(seed, picture.Width, picture.Height);
            var network = FilledNetwork.Create(new GraphOptions(graph)).WithCard(Card);
            if (!graph.Nodes.Any(node => node is ConvolutionNode) || !Runs(network, picture))
            {
                continue;
            }

            OnnxExporter.Export(network, folder["graph.onnx"]);
            using var expected = FcnPredictor.Create(network);
            using var actual = FcnPredictor.Load(folder["graph.onnx"]);

            Assert.Equal(expected.Segment(picture).Labels.Labels.ToArray(), actual.Segment(picture).Labels.Labels.ToArray());
            unnamed += Checkpoint.Load(folder["graph.onnx"]).Network.Options is GraphOptions ? 1 : 0;
        }

        Assert.InRange(unnamed, GraphCount / 2, GraphCount);
    }

    [Fact]
    public void Load_AnotherNetwork_KeepsItsGraphAndSaysSo()
    {
        var network = FilledNetwork.Create(new GraphOptions(LinkNet.Graph(classes: 4))).WithCard(Card);
        OnnxExporter.Export(network, folder["link.onnx"]);

        var (loaded, report) = Checkpoint.LoadComplete(folder["link.onnx"]);

        Assert.IsType<GraphOptions>(loaded.Options);
        Assert.Equal(4, loaded.Options.NumClasses);
        Assert.StartsWith("Onnx file, names of an ONNX graph\ngraph, 4 classes, ", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("OnnxExporter", Assert.Throws<ArgumentException>(() => loaded.Save(folder["link.safetensors"])).Message);
        Assert.False(File.Exists(folder["link.safetensors"]));
    }

    /// <summary>Scores at stride 4 without upsampling: the result is ONNX Runtime's scores, resized bilinearly.</summary>
    [Fact]
    public void Predictor_OfScoresAtAStride_EnlargesThem()
    {
        var graph = new OnnxGraph();
        graph.Input("x", 1, 3, "h", "w");
        var weight = graph.Weights("first.weight", [6, 3, 3, 3], GoldenFill.Values("first", 162, 0.5));
        var scores = graph.Weights("last.weight", [4, 6, 1, 1], GoldenFill.Values("last", 24, 0.5));
        var map = graph.Node(
            "Relu", [graph.Node("Conv", ["x", weight], OnnxGraph.Ints("strides", 2, 2), OnnxGraph.Ints("pads", 1, 1, 1, 1))]);
        var pooled = graph.Node("MaxPool", [map], OnnxGraph.Ints("kernel_shape", 2, 2), OnnxGraph.Ints("strides", 2, 2));
        graph.AddNode("Conv", [pooled, scores], "y");
        graph.Output("y", isLabels: false, 1, 4, "hh", "ww");
        Write(graph);
        var picture = TestPictures.Noise(64, 48);
        using var predictor = FcnPredictor.Load(
            folder["net.onnx"],
            new PredictorOptions { Probabilities = true },
            new CheckpointOptions { Normalization = FilledNetwork.Unscaled });

        var actual = predictor.Segment(picture);

        using var session = new InferenceSession(folder["net.onnx"]);
        var input = Enumerable.Range(0, 3).SelectMany(
            c => Enumerable.Range(0, 64 * 48).Select(i => picture.Pixels.Span[(3 * i) + c] / 255f));
        using var results = session.Run(
            [NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(input.ToArray(), [1, 3, 48, 64]))]);
        var expected = ScoreClassifier.Classify(
            new ScoreMap(results[0].AsTensor<float>().ToArray(), 4, 16, 12),
            new ClassificationRequest { Width = 64, Height = 48, Probabilities = true });
        Closeness.Assert(expected.Probabilities!, actual.Probabilities!, Closeness.ToPyTorch);
    }

    [Fact]
    public void Load_AnUnknownOperation_NamesItAndItsResult()
    {
        var graph = Scores(out var map);
        graph.AddNode("LeakyRelu", [map], "leaky");
        graph.Output("leaky", isLabels: false, 1, 4, "h", "w");

        AssertRefused(graph, "its node LeakyRelu leaky is an operation that is not supported.");
    }

    [Fact]
    public void Load_Groups_AreRefused()
    {
        var graph = Scores(out var map);
        var weight = graph.Weights("group.weight", [4, 2, 3, 3], new float[72]);
        graph.AddNode("Conv", [map, weight], "grouped", OnnxGraph.Int("group", 2), OnnxGraph.Ints("pads", 1, 1, 1, 1));
        graph.Output("grouped", isLabels: false, 1, 4, "h", "w");

        AssertRefused(graph, "its node Conv grouped has a kernel that is not square, groups or automatic padding.");
    }

    [Theory]
    [InlineData(0, 0, 1, 1)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(-1, -1, -1, -1)]
    public void Load_UnevenPadding_IsRefused(int top, int left, int bottom, int right)
    {
        var graph = Scores(out var map);
        var weight = graph.Weights("w", [4, 4, 3, 3], new float[144]);
        graph.AddNode("Conv", [map, weight], "uneven", OnnxGraph.Ints("pads", top, left, bottom, right));
        graph.Output("uneven", isLabels: false, 1, 4, "h", "w");

        AssertRefused(graph, "its node Conv uneven pads its four sides differently.");
    }

    [Fact]
    public void Load_AResizeWithAlignedCorners_IsRefused()
    {
        var graph = Scores(out var map);
        graph.AddNode(
            "Resize", [map, "", "", graph.Node("Shape", ["x"])], "resized",
            OnnxGraph.Text("mode", "linear"), OnnxGraph.Text("coordinate_transformation_mode", "align_corners"));
        graph.Output("resized", isLabels: false, 1, 4, "h", "w");

        AssertRefused(graph, "its node Resize resized does not resize bilinearly, with half-pixel centres");
    }

    [Fact]
    public void Load_ASliceThatLeavesRowsOut_IsRefused()
    {
        var graph = Scores(out var map);
        var (starts, axes, steps) = (graph.Constant(0, 0), graph.Constant(2, 3), graph.Constant(2, 2));
        var ends = graph.Node("Shape", ["x"], OnnxGraph.Int("start", 2));
        graph.AddNode("Slice", [map, starts, ends, axes, steps], "sparse");
        graph.Output("sparse", isLabels: false, 1, 4, "h", "w");

        AssertRefused(graph, "its node Slice sparse does not crop to the size of another map.");
    }

    [Fact]
    public void Load_ASumOfMapsOfOtherChannels_NamesTheNode()
    {
        var graph = Scores(out var map);
        graph.AddNode("Add", [map, "x"], "sum");
        graph.Output("sum", isLabels: false, 1, 4, "h", "w");

        AssertRefused(graph, "its node Add sum is not valid:");
    }

    [Fact]
    public void Load_MoreChannelsThanClasses_SaysSo()
    {
        var graph = new OnnxGraph();
        graph.Input("x", 1, 3, "h", "w");
        graph.AddNode("Conv", ["x", graph.Weights("w", [256, 3, 1, 1], new float[768])], "y");
        graph.Output("y", isLabels: false, 1, 256, "h", "w");

        AssertRefused(graph, "its output y has 256 channels, but 2 to 255, one for each class, are expected.");
    }

    [Fact]
    public void Load_ANodeWithoutAnOutput_IsRefused()
    {
        // A model of IR version 8, whose graph has one node with nothing but its operation, Relu.
        File.WriteAllBytes(folder["net.onnx"], Convert.FromHexString("08083A080A06220452656C75"));

        var fault = Assert.Throws<WeightFileException>(() => Checkpoint.Load(folder["net.onnx"]));

        Assert.Contains("its node Relu has no output.", fault.Message, StringComparison.Ordinal);
    }

    private static bool Runs(FcnNetwork network, RgbImage picture)
    {
        try
        {
            using var engine = new CpuEngine(network);
            engine.Score(picture);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>A graph that begins with scores of four classes.</summary>
    private static OnnxGraph Scores(out string map)
    {
        var graph = new OnnxGraph();
        graph.Input("x", 1, 3, "h", "w");
        map = graph.Node("Conv", ["x", graph.Weights("first.weight", [4, 3, 1, 1], new float[12])]);
        return graph;
    }

    private void AssertRefused(OnnxGraph graph, string reason)
    {
        Write(graph);
        var fault = Assert.Throws<WeightFileException>(() => Checkpoint.Load(folder["net.onnx"]));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.InRange(fault.Message.Length, 0, 400 + folder["net.onnx"].Length);
    }

    private void Write(OnnxGraph graph)
    {
        using var stream = File.Create(folder["net.onnx"]);
        graph.Write(stream, []);
    }

    private static void AssertSameNumbers(IEnumerable<NamedTensor> expected, FcnNetwork loaded) =>
        Assert.All(expected, tensor => Assert.Equal(tensor.Values.ToArray(), loaded[tensor.Name].Values.ToArray()));

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", "onnx", name);
}

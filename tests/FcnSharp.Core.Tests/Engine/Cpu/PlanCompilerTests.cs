using FcnSharp.Engine;
using FcnSharp.Engine.Cpu;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

/// <summary>Compiled graphs against <see cref="NaiveGraph"/>, which computes one operation after another.</summary>
public class PlanCompilerTests
{
    private const int Graphs = 300;

    /// <summary>Rounding adds up over a dozen layers, some of which enlarge it: the sums of Winograd's method cancel.</summary>
    private const double Tolerance = 2e-5;

    private static readonly ModelCard Card = new() { Normalization = new Normalization(new(0.5f, 0.4f, 0.6f), new(0.3f, 0.25f, 0.2f)) };

    public static TheoryData<int> Widths => [.. KernelWidths.Lanes];

    [Theory]
    [MemberData(nameof(Widths))]
    public void Score_RandomGraphs_EqualTheNaiveGraph(int lanes)
    {
        var (kernels, compared) = (new HashSet<string>(), 0);
        for (var seed = 0; seed < Graphs; seed++)
        {
            var (width, height) = (1 + (seed * 7 % 41), 1 + (seed * 11 % 37));
            var graph = RandomGraph.Of(seed, width, height);

            if (Naive(graph, TestPictures.Noise(width, height)).Cast<double>().Max(Math.Abs) < 0.5)
            {
                continue;
            }

            AssertEqualsNaive(graph, TestPictures.Noise(width, height), lanes, $"seed {seed}:\n{graph}");
            compared++;
            kernels.UnionWith(Plan(graph).Steps.Select(step => step.Layer.Kernel).Append(Plan(graph).Last.Kernel));
        }

        string[] expected =
        [
            "Winograd F(4x4, 3x3)", "Winograd F(4x4, 3x3), max pool", "Winograd F(4x4, 3x3), sum", "bilinear", "bytes to floats", "copy",
            "max pool", "product", "product, from bytes", "product, from bytes in strips, Winograd F(4x4, 3x3), max pool",
            "product, phase by phase", "product, phase by phase, sum", "product, sum", "sum",
        ];
        Assert.Empty(expected.Except(kernels));
        Assert.InRange(compared, 9 * Graphs / 10, Graphs);
    }

    /// <summary>Tiles start at multiples of the stride and include all pixels that their cells depend on.</summary>
    [Fact]
    public void Score_RandomGraphsInTiles_EqualThoseInOne()
    {
        var tiled = 0;
        for (var seed = 0; seed < Graphs; seed++)
        {
            var picture = TestPictures.Noise(331, 287, seed);
            var graph = RandomGraph.Of(seed, picture.Width, picture.Height, resizes: false);
            var tensors = FilledNetwork.TensorsOf(graph.Nodes).ToList();
            var plan = Plan(graph);
            var memory = Math.Max(1 << 20, plan.WorkingBytes(picture.Width, picture.Height) / 2);
            try
            {
                tiled += new TilePlan(plan).For(picture.Width, picture.Height, memory).Count > 1 ? 1 : 0;
            }
            catch (ArgumentException)
            {
                continue;
            }

            using var whole = new CpuEngine(graph, tensors, Card);
            using var parts = new CpuEngine(graph, tensors, Card, new CpuEngineOptions { MaxWorkingMemory = memory });

            AssertClose(whole.Score(picture), parts.Score(picture), Closeness.BetweenEngines, $"seed {seed}:\n{graph}");
        }

        Assert.InRange(tiled, Graphs / 4, Graphs);
    }

    [Fact]
    public void Score_ALinkNet_EqualsTheNaiveGraphAtEverySize()
    {
        var graph = LinkNet.Graph(classes: 4);
        foreach (var (width, height) in new[] { (1, 1), (7, 40), (33, 32), (64, 48), (91, 57) })
        {
            foreach (var lanes in KernelWidths.Lanes)
            {
                AssertEqualsNaive(graph, TestPictures.Noise(width, height), lanes, $"{width}x{height}");
            }
        }
    }

    /// <summary>A sum is computed in place of its other map only if no operation reads that map later, not even through a factor that is
    /// taken into weights.</summary>
    [Fact]
    public void Score_ASumOnAMapThatIsReadThroughAFactor_LeavesTheMapAlone()
    {
        var map = Convolution("map", new ImageNode(), kernel: 3);
        var scaled = new ScaleNode("scaled", map, 0.5f);
        var sum = new AddNode("sum", map, Convolution("branch", scaled, kernel: 1));
        var late = new AddNode("late", map, Convolution("conv", sum, kernel: 1));
        var graph = new NetworkGraph(Convolution("scores", new AddNode("all", late, Convolution("behind", scaled, kernel: 1)), kernel: 1));

        AssertEqualsNaive(graph, TestPictures.Noise(19, 13), KernelWidths.Lanes.First(), "factor");
    }

    /// <summary>Tiles of a dilated convolution have several heights, so it cannot be computed in strips.</summary>
    [Fact]
    public void Score_ADilatedConvolutionBeforeAPooledOne_EqualsTheNaiveGraph()
    {
        var image = new ImageNode();
        var dilated = new ConvolutionNode("dilated", Convolution("first", image, kernel: 3), 5, kernel: 3) { Dilation = 3, Padding = 3 };
        var pooled = new MaxPoolNode("pool", Convolution("second", dilated, kernel: 3), kernel: 2, stride: 2) { Ceil = true };
        var graph = new NetworkGraph(new ResizeNode("scores", pooled, image));

        AssertEqualsNaive(graph, TestPictures.Noise(21, 151), KernelWidths.Lanes.First(), "dilated");
    }

    /// <summary>Each stage of an FCN is a chain of convolutions; only the first stages are computed in strips.</summary>
    [Fact]
    public void Compile_AnFcn_JoinsEverythingButItsConvolutions()
    {
        var network = FilledNetwork.Tiny();

        var plan = Plan(network.Graph);

        Assert.Equal(
            [
                "conv1.2", "conv2.2", "conv3.0", "conv3.2", "conv3.4", "conv4.0", "conv4.2", "conv4.4", "conv5.0", "conv5.2", "conv5.4",
                "fc6.0", "fc7.0", "fc8", "score_3b.0", "score_4b.0", "upscore", "upscore_4b",
            ],
            plan.Steps.Select(step => step.Layer.Name).Order());
        Assert.Equal("upscore_3b", plan.Last.Name);
        Assert.Equal(32, plan.SizeMultiple);
    }

    [Fact]
    public void Compile_APictureReadPaddedAndAsItIs_SaysWhatToDo()
    {
        var image = new ImageNode();
        var padded = Convolution("padded", new PadNode("pad", image, 8), kernel: 3);
        var cropped = new CropNode("cropped", padded, offset: 0, image);
        var both = new NetworkGraph(new AddNode("sum", cropped, Convolution("plain", image, kernel: 3)));
        var sized = new NetworkGraph(Convolution("scores", cropped, kernel: 3));

        Assert.Contains("pad pads the picture, but other operations read the unpadded picture", Refusal(both));
        Assert.Contains("cropped uses the size of the unpadded picture, but pad", Refusal(sized));

        static string Refusal(NetworkGraph graph) => Assert.Throws<ArgumentException>(() => Plan(graph)).Message;
    }

    [Fact]
    public void Constructor_OfAGraphWithOtherTensorsClassesOrNoNormalisation_IsRefused()
    {
        var graph = LinkNet.Graph(classes: 4);
        var tensors = FilledNetwork.TensorsOf(graph.Nodes).ToList();
        var three = new ModelCard { Normalization = Card.Normalization, Classes = new ClassList(["a", "b", "c"]) };
        var one = new NetworkGraph(new ConvolutionNode("scores", new ImageNode(), 1, kernel: 1));

        Assert.Contains("tensor stem.weight", Refusal(graph, tensors.Skip(1), Card));
        Assert.Contains("has no normalisation", Refusal(graph, tensors, ModelCard.Empty));
        Assert.Contains("names 3 classes, but the network scores 4", Refusal(graph, tensors, three));
        Assert.Contains("must be 2 to 255, but was 1", Refusal(one, FilledNetwork.TensorsOf(one.Nodes), Card));
        Assert.Contains("cannot be computed with", Refusal(graph, tensors.Select(NotANumber), Card));

        static string Refusal(NetworkGraph graph, IEnumerable<NamedTensor> tensors, ModelCard card) =>
            Assert.ThrowsAny<ArgumentException>(() => new CpuEngine(graph, tensors, card)).Message;

        static NamedTensor NotANumber(NamedTensor tensor) =>
            new(tensor.Name, tensor.Shape, tensor.Values.ToArray().Select((value, i) => i == 0 ? float.NaN : value).ToArray());
    }

    private static ConvolutionNode Convolution(string name, GraphNode input, int kernel) =>
        new(name, input, channels: 5, kernel) { Padding = kernel / 2 };

    private static EnginePlan Plan(NetworkGraph graph)
    {
        var (folded, tensors) = BatchNormFolding.Fold(graph, FilledNetwork.Lookup(graph.Nodes));
        return PlanCompiler.Compile(folded, tensors, Card.Normalization!, KernelWidths.Of(KernelWidths.Lanes.First()));
    }

    private static double[,,] Naive(NetworkGraph graph, RgbImage picture) =>
        NaiveGraph.Score(graph, FilledNetwork.Lookup(graph.Nodes), NaiveMaps.Of(picture, Card.Normalization!));

    private static void AssertEqualsNaive(NetworkGraph graph, RgbImage picture, int lanes, string what)
    {
        var tensors = FilledNetwork.TensorsOf(graph.Nodes).ToList();
        using var engine = new CpuEngine(graph, tensors, Card, new CpuEngineOptions { Threads = 2 }, KernelWidths.Of(lanes));

        AssertClose(NaiveMaps.ToScoreMap(Naive(graph, picture)), engine.Score(picture), Tolerance, what);
    }

    private static void AssertClose(ScoreMap expected, ScoreMap actual, double tolerance, string what)
    {
        Assert.Equal((expected.NumClasses, expected.Height, expected.Width), (actual.NumClasses, actual.Height, actual.Width));
        Closeness.Assert(expected.Values.Span, actual.Values.Span, tolerance, what);
    }
}

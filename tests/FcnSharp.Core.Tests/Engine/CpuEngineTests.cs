using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>The engine against <see cref="NaiveFcn"/>.</summary>
public class CpuEngineTests
{
    public static TheoryData<FcnVariant, FcnLayout, bool> Networks => EveryImageSizeTests.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Score_OddSizesAndWidths_EqualsTheNaiveNetwork(FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        var network = FilledNetwork.Create(new FcnOptions
        {
            Variant = variant, Layout = layout, AtOnce = atOnce, NumClasses = 3, Trunk = FilledNetwork.TinyTrunk
        });
        using var engine = new CpuEngine(network);

        foreach (var (width, height) in new[] { (1, 1), (1, 70), (33, 1), (32, 32), (31, 65), (47, 46), (100, 37), (64, 96), (130, 5) })
        {
            AssertEqualsNaive(network, engine, TestPictures.Noise(width, height));
        }
    }

    /// <summary>Stages 1 and 2 are computed in strips; the last strips have from 1 row up, some of which are computed with the strip
    /// above.</summary>
    [Theory]
    [InlineData(FcnLayout.Original, 1)]
    [InlineData(FcnLayout.Compact, 32)]
    public void Score_HeightsAroundTheEndsOfStrips_EqualsTheNaiveNetwork(FcnLayout layout, int step)
    {
        var network = FilledNetwork.Tiny(layout: layout);
        using var engine = new CpuEngine(network);

        foreach (var height in Enumerable.Range(0, 20).Select(i => 50 + (i * step)))
        {
            AssertEqualsNaive(network, engine, TestPictures.Noise(5, height));
        }
    }

    /// <summary>Widths around and between whole vectors and panels.</summary>
    [Theory]
    [InlineData(1, 7, 9, 15, 17, 31, 2)]
    [InlineData(8, 16, 24, 33, 5, 40, 21)]
    public void Score_ChannelCountsOffTheVectors_EqualsTheNaiveNetwork(
        int stage1, int stage2, int stage3, int stage4, int stage5, int head, int classes)
    {
        var trunk = new VggTrunkOptions
        {
            Widths = new() { Stage1 = stage1, Stage2 = stage2, Stage3 = stage3, Stage4 = stage4, Stage5 = stage5, Head = head },
        };
        foreach (var layout in Enum.GetValues<FcnLayout>())
        {
            var network = FilledNetwork.Create(new FcnOptions { Layout = layout, NumClasses = classes, Trunk = trunk });
            using var engine = new CpuEngine(network);

            AssertEqualsNaive(network, engine, TestPictures.Noise(71, 45));
        }
    }

    [Theory]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact)]
    [InlineData(FcnVariant.Fcn32s, FcnLayout.Original)]
    public void Classify_LayersTimed_TellsEveryLayerOfTheNetwork(FcnVariant variant, FcnLayout layout)
    {
        var network = FilledNetwork.Tiny(variant, layout);
        var layers = new HashSet<string>(StringComparer.Ordinal);
        using var engine = new CpuEngine(network)
        {
            LayerDone = (name, time) => layers.Add(time > TimeSpan.Zero ? name : $"{name} took no time"),
        };

        engine.Classify(TestPictures.Noise(33, 20), new ClassificationRequest { Width = 33, Height = 20 });

        var expected = network.Graph.Nodes.Where(node => node.Tensors.Any()).Select(node => node.Name);
        Assert.Equal(expected.Order(), layers.Order());
    }

    [Fact]
    public void Score_BatchNorm_EqualsTheNaiveNetwork()
    {
        var network = FilledNetwork.Create(new FcnOptions { NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true } });
        using var engine = new CpuEngine(network);

        AssertEqualsNaive(network, engine, TestPictures.Noise(50, 41));
    }

    [Fact]
    public void Score_ANormalisation_EqualsTheNaiveNetwork()
    {
        var network = FilledNetwork.Tiny(layout: FcnLayout.Original).WithCard(new ModelCard { Normalization = Normalization.ImageNet });
        using var engine = new CpuEngine(network);

        AssertEqualsNaive(network, engine, TestPictures.Noise(50, 41));
    }

    [Theory]
    [InlineData(61, 47)]
    [InlineData(200, 130)]
    [InlineData(20, 100)]
    [InlineData(1, 1)]
    public void Classify_AnySize_EqualsTheNaiveNetwork(int width, int height)
    {
        var network = FilledNetwork.Tiny(classes: 5);
        var picture = TestPictures.Noise(61, 47);
        var request = new ClassificationRequest
        {
            Width = width, Height = height, Confidence = true, Probabilities = true, Temperature = 1.7,
        };
        using var engine = new CpuEngine(network);

        var expected = ScoreClassifier.Classify(NaiveFcn.Score(network, picture), request);
        var actual = engine.Classify(picture, request);

        AssertSameLabels(expected, actual);
        for (var i = 0; i < width * height; i++)
        {
            Assert.InRange(actual.Confidence!.Pixels.Span[i] - expected.Confidence!.Pixels.Span[i], -1, 1);
        }

        // Softmax turns a difference of scores, which reach 10 here, into one of probabilities.
        Closeness.Assert(expected.Probabilities!, actual.Probabilities!, 1e-4);
    }

    [Theory]
    [InlineData(FcnLayout.Compact)]
    [InlineData(FcnLayout.Original)]
    public void Classify_AnyNumberOfThreads_GivesTheSameBits(FcnLayout layout)
    {
        var network = FilledNetwork.Tiny(layout: layout);
        var picture = TestPictures.Noise(173, 91);
        var request = new ClassificationRequest { Width = 300, Height = 200, Probabilities = true };
        using var single = new CpuEngine(network, new CpuEngineOptions { Threads = 1 });
        var scores = single.Score(picture).Values.ToArray();
        var probabilities = single.Classify(picture, request).Probabilities!.Values.ToArray();

        foreach (var threads in new[] { 2, 3, 8 })
        {
            using var engine = new CpuEngine(network, new CpuEngineOptions { Threads = threads });

            Assert.Equal(scores, engine.Score(picture).Values.ToArray());
            Assert.Equal(probabilities, engine.Classify(picture, request).Probabilities!.Values.ToArray());
        }
    }

    [Fact]
    public void Classify_FromManyThreads_GivesEachItsOwnAnswer()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());
        var pictures = Enumerable.Range(0, 12).Select(i => TestPictures.Noise(30 + (9 * i), 80 - (4 * i), seed: i)).ToList();
        var expected = pictures.Select(picture => Labels(engine, picture)).ToList();
        var actual = new byte[pictures.Count][];

        Parallel.For(0, pictures.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => actual[i] = Labels(engine, pictures[i]));

        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Score_Cancelled_EndsWithThatExceptionAndTheNextCallWorks()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny());
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.Throws<OperationCanceledException>(() => engine.Score(TestPictures.Noise(64, 64), cancellation.Token));
        Assert.Equal(64, engine.Score(TestPictures.Noise(64, 64)).Width);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Classify_InTiles_GivesTheAnswerForTheWholePicture(FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        var network = FilledNetwork.Create(new FcnOptions
        {
            Variant = variant, Layout = layout, AtOnce = atOnce, NumClasses = 3, Trunk = FilledNetwork.TinyTrunk
        });
        var picture = TestPictures.Noise(840, 650);
        var progress = new Recorder();
        var request = new ClassificationRequest { Width = 500, Height = 400, Probabilities = true, Progress = progress };
        using var whole = new CpuEngine(network);
        var memory = layout == FcnLayout.Compact ? 9_500_000 : 23_500_000;
        using var tiled = new CpuEngine(network, new CpuEngineOptions { MaxWorkingMemory = memory });

        var actual = tiled.Classify(picture, request);

        Assert.True(progress.Values.Count >= 4, $"{progress.Values.Count} tiles are too few to say anything");
        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, progress.Values[^1]);
        AssertSameLabels(whole.Classify(picture, request with { Progress = null }), actual);
        Closeness.Assert(whole.Score(picture), tiled.Score(picture), 1e-6);
    }

    [Fact]
    public void Classify_NoTileFits_SaysHowMuchMemoryIsNeeded()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny(), new CpuEngineOptions { MaxWorkingMemory = 1 << 20 });

        var error = Assert.Throws<ArgumentException>(() => engine.Score(TestPictures.Noise(1000, 1000)));

        Assert.Contains("Raise MaxWorkingMemory", error.Message);
        Assert.Equal(8, engine.Score(TestPictures.Noise(8, 8)).Width);
    }

    [Fact]
    public void Score_OfMoreValuesThanAnArrayHolds_IsRefusedBeforeTheWork()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny(classes: 255));
        var picture = new RgbImage(new byte[3 * 3000 * 3000], 3000, 3000);

        var error = Assert.Throws<ArgumentException>(() => engine.Score(picture));

        Assert.Contains("A result of 255 x 3000x3000 values is too large", error.Message);
    }

    [Fact]
    public void Classify_ProbabilitiesThatNoArrayHolds_AreRefusedBeforeTheWork()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny(classes: 3));
        var progress = new Recorder();
        var request = new ClassificationRequest { Width = 40_000, Height = 30_000, Probabilities = true, Progress = progress };

        var error = Assert.Throws<ArgumentException>(() => engine.Classify(TestPictures.Noise(8, 8), request));

        Assert.Contains("A result of 3 x 40000x30000 values is too large", error.Message);
        Assert.Empty(progress.Values);
    }

    [Fact]
    public void Description_NamesThreadsAndInstructions()
    {
        using var engine = new CpuEngine(FilledNetwork.Tiny(), new CpuEngineOptions { Threads = 3 });

        Assert.Matches(@"^fused managed engine, 3 threads, .+ \((128|256|512)-bit vectors\)$", engine.Description);
    }

    /// <summary>Whatever the card says: Caffe's bytes minus a mean, or another one.</summary>
    [Fact]
    public void Score_OfAPicture_IsThatOfItsNormalisedValues()
    {
        var network = FilledNetwork.Tiny();
        foreach (var normalization in new[] { Normalization.Caffe, new(new(0.5f, 0.4f, 0.3f), new(0.2f, 0.3f, 0.4f)) })
        {
            var normalized = network.WithCard(new ModelCard { Normalization = normalization });
            using var engine = new CpuEngine(normalized);

            AssertEqualsNaive(normalized, engine, TestPictures.Noise(40, 30));
        }
    }

    [Fact]
    public void Normalization_OfCaffe_IsBytesMinusTheMean()
    {
        var caffe = Normalization.Caffe;

        Assert.Equal(200 - 122.67891434f, ((200 / 255f) - caffe.Mean.R) / caffe.Deviation.R, 1e-4f);
        Assert.Equal(-104.00698793f, (0 - caffe.Mean.B) / caffe.Deviation.B, 1e-4f);
    }

    [Fact]
    public void Constructor_WithoutNormalisation_SaysHowToGiveIt()
    {
        var network = FilledNetwork.Tiny().WithCard(ModelCard.Empty);

        var error = Assert.Throws<ArgumentException>(() => new CpuEngine(network));

        Assert.Contains("network.WithCard(network.Card with { Normalization = Normalization.ImageNet })", error.Message);
    }

    [Fact]
    public void Constructor_NoThreads_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CpuEngine(FilledNetwork.Tiny(), new CpuEngineOptions { Threads = 0 }));

    private sealed class Recorder : IProgress<double>
    {
        public List<double> Values { get; } = [];

        public void Report(double value) => Values.Add(value);
    }

    private static byte[] Labels(CpuEngine engine, RgbImage picture) =>
        engine.Classify(picture, new ClassificationRequest { Width = picture.Width, Height = picture.Height }).Labels.Labels.ToArray();

    /// <summary>Asserts the same class at every pixel except where two classes are equally probable.</summary>
    private static void AssertSameLabels(Classification expected, Classification actual)
    {
        Assert.Equal((expected.Labels.Width, expected.Labels.Height), (actual.Labels.Width, actual.Labels.Height));
        for (var i = 0; i < expected.Labels.Labels.Length; i++)
        {
            var same = expected.Labels.Labels.Span[i] == actual.Labels.Labels.Span[i];
            Assert.True(same || Gap(expected.Probabilities!, i) < 1e-4, $"pixel {i} differs without a tie");
        }
    }

    /// <summary>The difference between the two largest probabilities.</summary>
    private static float Gap(ScoreMap probabilities, int pixel)
    {
        var pixels = probabilities.Width * probabilities.Height;
        var sorted = Enumerable.Range(0, probabilities.NumClasses).Select(id => probabilities.Values.Span[(id * pixels) + pixel])
            .OrderDescending().ToList();
        return sorted[0] - sorted[1];
    }

    private static void AssertEqualsNaive(FcnNetwork network, CpuEngine engine, RgbImage picture) =>
        Closeness.Assert(NaiveFcn.Score(network, picture), engine.Score(picture), Closeness.BetweenEngines);
}

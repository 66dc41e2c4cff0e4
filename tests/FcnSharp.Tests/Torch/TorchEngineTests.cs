using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;

namespace FcnSharp.Torch.Tests.Torch;

/// <summary>The engine against the managed one, on the CPU and, where there is one, on a CUDA device.</summary>
public class TorchEngineTests
{
    public static TheoryData<string> Golden => GoldenLogits.OfPictures;

    public static TheoryData<string, FcnVariant, FcnLayout, bool, bool> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, FcnVariant, FcnLayout, bool, bool>();
            foreach (var device in Devices.All)
            {
                foreach (var kind in EveryNetwork.Kinds)
                {
                    var (variant, layout, atOnce, batchNorm) = kind.Data;
                    kinds.Add(device, variant, layout, atOnce, batchNorm);
                }
            }

            return kinds;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Score_OfEveryKind_EqualsTheManagedEngine(string device, FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        var network = Network(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm));
        var picture = TestPictures.Noise(71, 43);
        using var managed = new CpuEngine(network);
        using var engine = new TorchEngine(network, device);

        var scores = engine.Score(picture);

        Assert.Equal((3, 43, 71), (scores.NumClasses, scores.Height, scores.Width));
        Assert.Equal(3, engine.NumClasses);
        Closeness.Assert(managed.Score(picture).Values.Span, scores.Values.Span, Closeness.ToPyTorch, $"{variant}");
    }

    [Theory]
    [MemberData(nameof(Golden))]
    public void Score_OfPictures_EqualsPyTorch(string network)
    {
        var filled = GoldenLogits.Network(network);
        foreach (var device in Devices.All)
        {
            using var engine = new TorchEngine(filled, device);

            GoldenLogits.AssertForPictures(network, picture => engine.Score(picture), device);
        }
    }

    [Theory]
    [InlineData(71, 43)]
    [InlineData(150, 90)]
    [InlineData(33, 20)]
    [InlineData(1, 1)]
    public void Classify_AtAnySize_EqualsTheManagedEngine(int width, int height)
    {
        var network = Network(EveryNetwork.Tiny(FcnVariant.Fcn8s));
        var picture = TestPictures.Noise(71, 43);
        var request = new ClassificationRequest
        {
            Width = width, Height = height, Confidence = true, Probabilities = true, Temperature = 1.7,
        };
        using var managed = new CpuEngine(network);
        var expected = managed.Classify(picture, request);

        foreach (var device in Devices.All)
        {
            using var engine = new TorchEngine(network, device);

            var actual = engine.Classify(picture, request);

            Assert.Equal((width, height), (actual.Labels.Width, actual.Labels.Height));
            Closeness.Assert(expected.Probabilities!.Values.Span, actual.Probabilities!.Values.Span, Closeness.ToPyTorch, device);
            for (var i = 0; i < width * height; i++)
            {
                Assert.InRange(actual.Confidence!.Pixels.Span[i] - expected.Confidence!.Pixels.Span[i], -1, 1);
                if (Lead(expected.Probabilities, i % width, i / width) > Closeness.ToPyTorch)
                {
                    Assert.Equal(expected.Labels.Labels.Span[i], actual.Labels.Labels.Span[i]);
                }
            }
        }
    }

    [Fact]
    public void Classify_EqualScores_TakesTheLowestId()
    {
        using var module = FcnModule.Create(EveryNetwork.Tiny(FcnVariant.Fcn16s));
        var untrained = module.ToNetwork().WithCard(new ModelCard { Normalization = Normalization.ImageNet });
        using var engine = new TorchEngine(untrained);

        var answer = engine.Classify(TestPictures.Noise(40, 40), new ClassificationRequest { Width = 90, Height = 50 });

        Assert.All(answer.Labels.Labels.ToArray(), label => Assert.Equal(0, label));
        Assert.Null(answer.Confidence);
        Assert.Null(answer.Probabilities);
    }

    [Fact]
    public void Score_Normalisation_IsTheCardsUnlessTheOptionsHaveOne()
    {
        var network = Network(EveryNetwork.Tiny(FcnVariant.Fcn32s));
        var caffe = network.WithCard(new ModelCard { Normalization = Normalization.Caffe });
        var picture = TestPictures.Noise(40, 33);
        using var managed = new CpuEngine(caffe);
        using var byCard = new TorchEngine(caffe);
        using var byOptions = new TorchEngine(network, options: new TorchEngineOptions { Normalization = Normalization.Caffe });

        var expected = managed.Score(picture).Values;

        Closeness.Assert(expected.Span, byCard.Score(picture).Values.Span, Closeness.ToPyTorch, "card");
        Closeness.Assert(expected.Span, byOptions.Score(picture).Values.Span, Closeness.ToPyTorch, "options");
        Assert.Equal(Normalization.Caffe, byOptions.Card.Normalization);
    }

    [Fact]
    public void Score_FromManyThreads_GivesEachItsOwn()
    {
        var network = Network(EveryNetwork.Tiny(FcnVariant.Fcn8s));
        using var engine = new TorchEngine(network);
        var pictures = Enumerable.Range(0, 8).Select(i => TestPictures.Noise(30 + i, 40, seed: i)).ToList();
        var expected = pictures.Select(picture => engine.Score(picture).Values.ToArray()).ToList();

        Parallel.For(0, 64, i => Assert.Equal(expected[i % 8], engine.Score(pictures[i % 8]).Values.ToArray()));
    }

    [Fact]
    public void Load_BehindAPredictor_Segments()
    {
        using var folder = new TempFolder();
        Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)).Save(folder["model.safetensors"]);
        using var predictor = new FcnPredictor(TorchEngine.Load(folder["model.safetensors"]));

        var segmentation = predictor.Segment(TestPictures.Noise(57, 31));

        Assert.Equal((57, 31), (segmentation.Labels.Width, segmentation.Labels.Height));
        Assert.Equal($"TorchSharp 0.107 on cpu, {torch.get_num_threads()} threads", predictor.EngineDescription);
    }

    [Fact]
    public void Load_AFileWithoutNormalisation_SaysHowToGiveIt()
    {
        using var folder = new TempFolder();
        Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)).WithCard(ModelCard.Empty).Save(folder["model.safetensors"]);

        var error = Assert.Throws<WeightFileException>(() => TorchEngine.Load(folder["model.safetensors"]));
        using var engine = TorchEngine.Load(
            folder["model.safetensors"], options: new TorchEngineOptions { Normalization = Normalization.ImageNet });

        Assert.Contains("Set TorchEngineOptions.Normalization", error.Message);
        Assert.Equal(Normalization.ImageNet, engine.Card.Normalization);
    }

    [Fact]
    public void Load_AnAbsentDevice_FailsBeforeTheFileIsRead() =>
        Assert.Throws<TorchDeviceException>(() => TorchEngine.Load("no such file", "cuda:99"));

    [Fact]
    public void Constructor_WithoutNormalisation_SaysHowToGiveIt()
    {
        var network = Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)).WithCard(ModelCard.Empty);

        var error = Assert.Throws<ArgumentException>(() => new TorchEngine(network));

        Assert.Contains("Set it in the options, or on the card", error.Message);
    }

    [Fact]
    public void Constructor_HalfPrecisionOnTheCpu_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(
            () => new TorchEngine(Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)), options: new TorchEngineOptions { HalfPrecision = true }));

        Assert.Contains("Half precision requires a CUDA device, but the device is cpu", error.Message);
    }

    /// <summary>Without a CUDA device, a request for one must fail with a clear message.</summary>
    [Fact]
    public void Classify_HalfPrecisionOnCuda_AgreesOnNearlyEveryLabel()
    {
        var network = Network(EveryNetwork.Tiny(FcnVariant.Fcn8s));
        var options = new TorchEngineOptions { HalfPrecision = true };
        if (!Devices.All.Contains("cuda"))
        {
            Assert.Throws<TorchDeviceException>(() => new TorchEngine(network, "cuda", options));
            return;
        }

        var picture = TestPictures.Noise(120, 80);
        var request = new ClassificationRequest { Width = 120, Height = 80 };
        using var managed = new CpuEngine(network);
        using var engine = new TorchEngine(network, "cuda", options);

        var (expected, actual) = (
            managed.Classify(picture, request).Labels.Labels.ToArray(), engine.Classify(picture, request).Labels.Labels.ToArray());

        Assert.Equal("TorchSharp 0.107 on cuda:0, half precision", engine.Description);
        Assert.InRange(expected.Zip(actual).Count(pair => pair.First == pair.Second), 0.98 * expected.Length, expected.Length);
    }

    [Fact]
    public void Score_Cancelled_EndsWithThatExceptionAndTheEngineGoesOn()
    {
        using var engine = new TorchEngine(Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)));
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => engine.Score(TestPictures.Noise(64, 64), cancellation.Token));

        Assert.Equal(64, engine.Score(TestPictures.Noise(64, 64)).Width);
    }

    [Fact]
    public void Classify_AnAnswerBeyondAnArray_SaysWhatToDo()
    {
        using var engine = new TorchEngine(Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)));
        var request = new ClassificationRequest { Width = 40_000, Height = 30_000, Probabilities = true };

        var error = Assert.Throws<ArgumentException>(() => engine.Classify(TestPictures.Noise(8, 8), request));

        Assert.Contains("A result of 3 x 40000x30000 values is too large", error.Message);
    }

    [Fact]
    public void Score_AfterDispose_IsRefused()
    {
        var engine = new TorchEngine(Network(EveryNetwork.Tiny(FcnVariant.Fcn8s)));
        engine.Dispose();
        engine.Dispose();

        Assert.Throws<ObjectDisposedException>(() => engine.Score(TestPictures.Noise(8, 8)));
    }

    private static FcnNetwork Network(FcnOptions options) => FilledNetwork.Create(options);

    /// <summary>The difference between the two largest probabilities.</summary>
    private static double Lead(ScoreMap probabilities, int x, int y)
    {
        var sorted = Enumerable.Range(0, probabilities.NumClasses).Select(c => probabilities[c, x, y]).OrderDescending().ToList();
        return sorted[0] - sorted[1];
    }
}

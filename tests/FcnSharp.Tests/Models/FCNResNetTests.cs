using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>torchvision's FCN as a module; <see cref="GoldenLogitsTests"/> compares it at full width with PyTorch's scores.</summary>
[Collection(Alone.Name)]
public class FCNResNetTests
{
    private static readonly DilatedFcnOptions Options = new() { Trunk = ResNetTrunkOptions.ResNet50 with { Width = 4 } };

    [Fact]
    public void StateDict_OfTheDefaults_IsTorchvisionsWithTheAuxiliaryHead()
    {
        using var module = new FCNResNet();
        var theirs = File.ReadLines(At("fcn_resnet50-names.txt")).Where(line => !line.Contains("num_batches", StringComparison.Ordinal))
            .Select(line => line.Replace(",)", ")", StringComparison.Ordinal));

        Assert.Equal(
            theirs.Order(StringComparer.Ordinal),
            module.state_dict().Select(pair => $"{pair.Key} {NamedTensor.ShapeText([.. pair.Value.shape.Select(size => (int)size)])}")
                .Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("64x64", 64, 64)]
    [InlineData("7x5", 7, 5)]
    public void ForwardWithAuxiliary_GivesPyTorchsTwoAnswers(string size, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var golden = GoldenTensors.Read(At($"fcn-resnet50-narrow-logits-{size}.safetensors"));
        using var module = FCNResNet.From(FilledNetwork.Create(Options));
        FillAuxiliaryHead(module);

        var (scores, auxiliary) = module.ForwardWithAuxiliary(
            tensor(golden["x"].Values.ToArray()).reshape(2, 3, height, width));

        Closeness.Assert(golden["y"].Values.Span, scores.data<float>().ToArray(), Closeness.ToPyTorch, size);
        Closeness.Assert(golden["aux"].Values.Span, auxiliary.data<float>().ToArray(), Closeness.ToPyTorch, $"{size}, auxiliary");
    }

    [Fact]
    public void ForwardWithAuxiliary_WithoutThatHead_SaysHowToGetIt()
    {
        using var scope = NewDisposeScope();
        using var module = new FCNResNet(Options, new FcnLearningOptions { AuxiliaryLossWeight = 0 });

        Assert.DoesNotContain(module.state_dict().Keys, name => name.StartsWith("aux", StringComparison.Ordinal));
        Assert.Equal(
            "This network has no auxiliary head. Build it with an FcnLearningOptions.AuxiliaryLossWeight above 0.",
            Assert.Throws<InvalidOperationException>(() => module.ForwardWithAuxiliary(zeros(1, 3, 8, 8))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FcnLearningOptions { AuxiliaryLossWeight = 1.5 });
    }

    [Fact]
    public void From_AnotherNetwork_NamesItsModule()
    {
        var fcn8s = FilledNetwork.Tiny();

        Assert.Contains("Expected a network that is a dilated FCN, but got Fcn8s, Compact layout. Use FCN8s.From.",
            Assert.Throws<ArgumentException>("network", () => FCNResNet.From(fcn8s)).Message);
        Assert.Contains("Expected a network of variant Fcn8s, but got dilated FCN. Use FCNResNet.From.",
            Assert.Throws<ArgumentException>("network", () => FCN8s.From(FilledNetwork.Create(Options))).Message);
    }

    [Fact]
    public void Forward_AHundredTimes_LeavesOnlyTheScoresAlive()
    {
        using var module = new FCNResNet(Options);
        using var images = zeros(1, 3, 33, 32);
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;

        for (var i = 0; i < 100; i++)
        {
            module.call(images).Dispose();
            var (scores, auxiliary) = module.ForwardWithAuxiliary(images);
            scores.Dispose();
            auxiliary.Dispose();
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    /// <summary>Fine-tuning, as a user of torchvision's file would.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(0)]
    public void Run_FineTunedAndInterrupted_EndsWithTheBytesOfAnUninterruptedRun(double auxiliary)
    {
        using var whole = new TempFolder();
        using var interrupted = new TempFolder();
        var start = FilledNetwork.Create(Options with { Trunk = new ResNetTrunkOptions { Block = ResNetBlock.Bottleneck, Width = 8 } });
        var options = TrainingOptions.FineTune(start) with
        {
            Learning = new FcnLearningOptions { AuxiliaryLossWeight = auxiliary },
            Augmentation = AugmentationOptions.Default with { CropWidth = 32, CropHeight = 32 },
            Steps = 6,
            BatchSize = 2,
            EvaluationInterval = 3,
            SamplePredictions = 0,
            Threads = 1,
        };

        var result = FcnTrainer.Run(new PaintedStreets(10), options with { Folder = whole.Path }, new PaintedStreets(3));
        using var stopping = new CancellationTokenSource();
        var told = new Told(progress =>
        {
            if (progress.Step == 4)
            {
                stopping.Cancel();
            }
        });
        Assert.ThrowsAny<OperationCanceledException>(() => FcnTrainer.Run(
            new PaintedStreets(10), options with { Folder = interrupted.Path }, new PaintedStreets(3), told, stopping.Token));
        FcnTrainer.Run(new PaintedStreets(10), options with { Folder = interrupted.Path }, new PaintedStreets(3));

        RunFiles.AssertSame(whole, interrupted);
        Assert.IsType<DilatedFcnOptions>(result.Network.Options);
        Assert.Equal(start.Options.Trunk, result.Network.Options.Trunk);
    }

    [Fact]
    public void Run_InStages_IsRefused() =>
        Assert.Contains("A dilated FCN is not trained in stages. Leave Staged false.", Assert.Throws<ArgumentException>(() =>
            FcnTrainer.Run(new PaintedStreets(2), TrainingOptions.FromScratch with { Network = Options, Staged = true })).Message);

    private static string At(string file) => Path.Combine(AppContext.BaseDirectory, "Files", file);

    /// <summary>The head is not part of a network, so a network does not set its weights.</summary>
    private static void FillAuxiliaryHead(FCNResNet module)
    {
        var layer3 = module.Options.ToGraph().Nodes.OfType<AddNode>()
            .Last(node => node.Name.StartsWith("backbone.layer3.", StringComparison.Ordinal));
        var scores = ((DilatedFcnOptions)module.Options).Head("aux_classifier", layer3);
        var state = module.state_dict();
        foreach (var filled in FilledNetwork.TensorsOf([scores.Input, scores]))
        {
            state[filled.Name].copy_(tensor(filled.Values.ToArray()).reshape(filled.Shape.Select(size => (long)size).ToArray()));
        }
    }
}

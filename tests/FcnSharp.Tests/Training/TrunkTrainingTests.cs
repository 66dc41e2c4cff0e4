using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;
using FcnSharp.Training.Learning;
using FcnSharp.Training.Loop;

namespace FcnSharp.Torch.Tests.Training;

/// <summary>Training on a trunk that comes with weights.</summary>
[Collection(Alone.Name)]
public sealed class TrunkTrainingTests
{
    private static readonly FcnNetwork Trunk = FilledNetwork.Create(new FcnOptions
    {
        NumClasses = 21, Trunk = new ResNetTrunkOptions { Blocks = new(1, 1, 1, 2), Width = 8 },
    });

    private static FcnOptions Fcn => (FcnOptions)Trunk.Options;

    private static TrainingOptions Options => TrainingOptions.FromTrunk(Trunk) with
    {
        Augmentation = AugmentationOptions.Default with { CropWidth = 64, CropHeight = 64 },
        Steps = 4,
        BatchSize = 2,
        EvaluationInterval = 3,
        SamplePredictions = 0,
        CheckpointInterval = TimeSpan.FromDays(1),
        Threads = 1,
    };

    [Fact]
    public void FromTrunk_NamesAPreset()
    {
        var options = TrainingOptions.FromTrunk(Trunk);

        Assert.Same(Trunk, options.Start);
        Assert.Null(options.Network);
        Assert.Equal((8e-4, 0.3, 5.0),
            (options.Optimizer.LearningRate, options.Optimizer.TrunkRateFactor, options.Optimizer.MaxGradientNorm));
        Assert.Equal((320, 320, 0.6, 2.0), (options.Augmentation.CropWidth, options.Augmentation.CropHeight,
            options.Augmentation.MinScale, options.Augmentation.MaxScale));
        Assert.Throws<ArgumentNullException>("network", () => TrainingOptions.FromTrunk(null!));
    }

    [Fact]
    public void Run_StartsFromTheTrunkAndNamesTheLayersThatStartAnew()
    {
        var told = new Told();
        var still = Options with { Steps = 1, Optimizer = Options.Optimizer with { LearningRate = 1e-12 }, AverageDecay = null };

        var result = FcnTrainer.Run(new PaintedStreets(10), still, progress: told);

        Assert.Equal(
            "These layers are reinitialised, since the classes are not those it was trained for: " +
            "fc8, score_4b.0, score_3b.0, upscore, upscore_4b, upscore_3b. All others start from the given network.",
            Assert.Single(told.Warnings));
        Assert.Equal(Trunk.Options.Trunk, result.Network.Options.Trunk);
        Assert.Equal(
            Trunk["backbone.layer4.1.conv2.weight"].Values.ToArray(), result.Network["backbone.layer4.1.conv2.weight"].Values.ToArray());
    }

    [Fact]
    public void Run_OnAShorterTrunk_NamesTheBlocksThatAreLeftOut()
    {
        var told = new Told();
        var shorter = Fcn with
        {
            Variant = FcnVariant.Fcn4s,
            Trunk = (ResNetTrunkOptions)Trunk.Options.Trunk with { Blocks = new(1, 1, 1, 1) },
        };

        var result = FcnTrainer.Run(new PaintedStreets(10), Options with { Network = shorter, Steps = 1 }, progress: told);

        Assert.Equal(
            "These blocks of the given network are left out, since the trunk to train is shorter: backbone.layer4.1.",
            told.Warnings.First());
        Assert.Equal(shorter.Trunk, result.Network.Options.Trunk);
    }

    /// <summary>With fewer than eight channels, libtorch 2.10 on AVX2 crashes in the backward pass of channels-last maps.</summary>
    [Theory]
    [InlineData(ResNetBlock.Basic, 4, false)]
    [InlineData(ResNetBlock.Basic, 7, false)]
    [InlineData(ResNetBlock.Basic, 8, true)]
    [InlineData(ResNetBlock.Bottleneck, 4, true)]
    public void Run_OnANarrowTrunk_UsesALayoutThatLibtorchCanTrain(ResNetBlock block, int width, bool channelsLast)
    {
        var network = new FcnOptions
        {
            NumClasses = 3, Trunk = new ResNetTrunkOptions { Block = block, Blocks = new(1, 1, 1, 1), Width = width },
        };

        var options = TrainingOptions.FromScratch with
        {
            Network = network,
            Augmentation = Options.Augmentation,
            Steps = 4,
            BatchSize = 2,
            SamplePredictions = 0,
            Threads = 1,
        };

        var result = FcnTrainer.Run(new PaintedStreets(4), options);

        Assert.Equal(channelsLast, ChannelsLast.Suits(network));
        Assert.Equal(4, result.Steps);
    }

    [Theory]
    [InlineData(1, 1, 1, 3, 8)]
    [InlineData(1, 2, 1, 1, 8)]
    [InlineData(1, 1, 1, 2, 4)]
    public void Run_OnATrunkThatTheStartDoesNotHave_IsRefused(int stage1, int stage2, int stage3, int stage4, int width)
    {
        var other = Trunk.Options with { Trunk = new ResNetTrunkOptions { Blocks = new(stage1, stage2, stage3, stage4), Width = width } };

        Assert.Contains("has another trunk than the network to train", Assert.Throws<ArgumentException>(
            () => FcnTrainer.Run(new PaintedStreets(10), Options with { Network = other })).Message);
    }

    [Fact]
    public void Run_StagedUpToFcn4sAndInterruptedInEveryStage_EndsWithTheBytesOfAnUninterruptedRun()
    {
        using var whole = new TempFolder();
        using var interrupted = new TempFolder();
        var options = Options with { Network = Fcn with { Variant = FcnVariant.Fcn4s }, Staged = true };

        Train(options, whole, stopAfter: null);
        foreach (var step in new[] { 1, 5, 11, 14 })
        {
            Train(options, interrupted, step);
        }

        Train(options, interrupted, stopAfter: null);

        RunFiles.AssertSame(whole, interrupted);
        Assert.Contains("best-fcn8s.safetensors", whole.FileNames());
    }

    [Fact]
    public void Run_InAFolderOfAnotherTrunk_IsRefused()
    {
        using var folder = new TempFolder();
        Train(Options, folder, stopAfter: null);
        var shorter = Trunk.Options with { Trunk = (ResNetTrunkOptions)Trunk.Options.Trunk with { Blocks = new(1, 1, 1, 1) } };

        Assert.Contains("Network.blocks: \"[1,1,1,2]\" there, \"[1,1,1,1]\" here", Assert.Throws<TrainingException>(
            () => Train(Options with { Network = shorter }, folder, stopAfter: null)).Message);
    }

    [Fact]
    public void TrunkRateFactor_HoldsForEveryKindOfParameterOfTheTrunkAndNoOther()
    {
        using var module = new FCN8s(Fcn);
        var groups = ParameterGroup.Of(module, new OptimizerOptions { TrunkRateFactor = 0.25, BiasRateFactor = 2, WeightDecay = 0.5 });

        var named = groups.SelectMany(group => group.Parameters.Select(parameter => (parameter.Name, group.RateFactor, group.WeightDecay)))
            .ToDictionary(parameter => parameter.Name, parameter => (parameter.RateFactor, parameter.WeightDecay));

        Assert.Equal(module.named_parameters().Count(), named.Count);
        Assert.Equal((0.25, 0.5), named["backbone.conv1.weight"]);
        Assert.Equal((0.25, 0), named["backbone.layer4.1.bn2.bias"]);
        Assert.Equal((1, 0.5), named["fc8.weight"]);
        Assert.Equal((2, 0), named["score_3b.0.bias"]);
        Assert.Equal((1, 0.5), named["upscore.weight"]);
    }

    [Fact]
    public void TrunkRateFactor_OfAVgg_LeavesItsHeadOut()
    {
        using var module = new FCN32s(new FcnOptions { NumClasses = 2, Trunk = FilledNetwork.TinyTrunk });
        var slow = ParameterGroup.Of(module, new OptimizerOptions { TrunkRateFactor = 0.25, BiasRateFactor = 1 })
            .Where(group => group.RateFactor < 1).SelectMany(group => group.Parameters.Select(parameter => parameter.Name)).ToList();

        Assert.Equal(2 * 13, slow.Count);
        Assert.All(slow, name => Assert.StartsWith("conv", name));
    }

    [Fact]
    public void TrunkRateFactor_OfNothing_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimizerOptions { TrunkRateFactor = 0 });

    private static void Train(TrainingOptions options, TempFolder folder, int? stopAfter)
    {
        using var stopping = new CancellationTokenSource();
        var told = new Told(progress =>
        {
            if (progress.Warning is null && progress.Step == stopAfter)
            {
                stopping.Cancel();
            }
        });

        try
        {
            FcnTrainer.Run(new PaintedStreets(10), options with { Folder = folder.Path }, new PaintedStreets(3), told, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.NotNull(stopAfter);
        }
    }
}

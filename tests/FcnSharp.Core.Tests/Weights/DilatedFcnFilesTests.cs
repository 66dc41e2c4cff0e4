using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>torchvision's FCN, narrow, in files of every kind; PyTorch wrote them.</summary>
public class DilatedFcnFilesTests
{
    private static readonly FcnNetwork Expected = FilledNetwork.Create(
        new DilatedFcnOptions { Trunk = ResNetTrunkOptions.ResNet50 with { Width = 4 } });

    /// <summary>Name, format, and the relative error that the file's numbers allow.</summary>
    public static TheoryData<string, CheckpointFormat, double> Files => new()
    {
        { "fcn-resnet50-narrow.pth", CheckpointFormat.PyTorch, 0 },
        { "fcn-resnet50-narrow-noaux.pth", CheckpointFormat.PyTorch, 0 },
        { "fcn-resnet50-narrow-dataparallel.pth", CheckpointFormat.PyTorch, 0 },
        { "fcn-resnet50-narrow-half.pth", CheckpointFormat.PyTorch, 1.0 / 1024 },
        { "fcn-resnet50-narrow-legacy.pth", CheckpointFormat.PyTorchLegacy, 0 },
        { "fcn-resnet50-narrow.safetensors", CheckpointFormat.Safetensors, 0 },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Load_AnyFile_GivesTheNetworkAsItIs(string file, CheckpointFormat format, double tolerance)
    {
        var (network, report) = Checkpoint.LoadComplete(CheckpointFiles.At(file));

        Assert.Equal(Expected.Options, network.Options);
        Assert.Equal((format, NameMap.TorchvisionFcn), (report.Format, report.Map));
        Assert.All(Expected.Tensors, tensor => Assert.All(tensor.Values.ToArray().Zip(network[tensor.Name].Values.ToArray()), pair =>
            Assert.InRange(Math.Abs(pair.First - pair.Second), 0, tolerance * Math.Max(1e-4, Math.Abs(pair.First)))));
        Assert.All(report.LeftOut, line => Assert.Matches(@"num_batches_tracked$|aux_classifier\.|^epoch$", line.Tensor));
        Assert.StartsWith(
            $"{format} file, names of torchvision FCN-ResNet", report.ToString());
        Assert.Contains("dilated FCN, 21 classes, on a ResNet of 3, 4, 6, 3 bottlenecks, ", report.ToString());
    }

    [Fact]
    public void Predictor_OfTheFileAlone_KnowsClassesNormalisationAndWorkingSize()
    {
        using var predictor = FcnPredictor.Load(CheckpointFiles.At("fcn-resnet50-narrow.pth"));

        Assert.Equal(ClassList.Voc, predictor.Classes);
        Assert.Equal(
            new ModelCard
            {
                Classes = ClassList.Voc, Normalization = Normalization.ImageNet, WorkingSize = 520, WorkingSide = WorkingSide.Shorter,
            },
            predictor.Card);
        Assert.Equal((693, 520), predictor.Views.SizeOf(640, 480));
        Assert.Equal((520, 693), predictor.Views.SizeOf(480, 640));
        var segmentation = predictor.Segment(TestPictures.Noise(64, 48));
        Assert.Equal((64, 48), (segmentation.Labels.Width, segmentation.Labels.Height));
    }

    /// <summary>A picture of one row is not scaled to half a million columns.</summary>
    [Theory]
    [InlineData(1000, 1, 2080, 2)]
    [InlineData(1, 1_000_000, 1, 2080)]
    [InlineData(4000, 1000, 2080, 520)]
    [InlineData(4001, 1000, 2080, 520)]
    public void ViewSize_OfALongPicture_IsAtMostFourTimesTheWorkingSize(int width, int height, int shownWidth, int shownHeight)
    {
        using var predictor = FcnPredictor.Load(CheckpointFiles.At("fcn-resnet50-narrow.pth"));

        Assert.Equal((shownWidth, shownHeight), predictor.Views.SizeOf(width, height));
    }

    [Fact]
    public void WorkingSize_OfTheCaller_IsTheShorterSideToo()
    {
        using var predictor = FcnPredictor.Load(CheckpointFiles.At("fcn-resnet50-narrow.pth"), new PredictorOptions { WorkingSize = 48 });
        using var asItIs = FcnPredictor.Load(CheckpointFiles.At("fcn-resnet50-narrow.pth"), new PredictorOptions { WorkingSize = 0 });

        Assert.Equal((64, 48), predictor.Views.SizeOf(640, 480));
        Assert.Equal((640, 480), asItIs.Views.SizeOf(640, 480));
        Assert.Equal((640, 1), asItIs.Views.SizeOf(640, 1));
    }

    [Fact]
    public void Save_ThenLoad_KeepsNetworkAndCard()
    {
        using var folder = new TempFolder();
        var network = Checkpoint.Load(CheckpointFiles.At("fcn-resnet50-narrow.pth")).Network;

        network.Save(folder["own.safetensors"]);
        network.FoldBatchNorm().Save(folder["folded.safetensors"]);

        var own = FcnNetwork.Load(folder["own.safetensors"]);
        Assert.Equal((network.Options, network.Card), (own.Options, own.Card));
        var folded = Checkpoint.LoadComplete(folder["folded.safetensors"]).Network;
        Assert.Equal(network.FoldBatchNorm().Options, folded.Options);
        Assert.Equal(network.Card, folded.Card);
        var picture = TestPictures.Noise(45, 70);
        Closeness.Assert(NaiveFcn.Score(network, picture), NaiveFcn.Score(folded, picture), Closeness.BetweenEngines);
    }

    [Fact]
    public void Load_ForOtherClasses_StartsTheScoresAnewAndForgetsThoseOfVoc()
    {
        var (network, report) = Checkpoint.Load(CheckpointFiles.At("fcn-resnet50-narrow.pth"), new CheckpointOptions { NumClasses = 4 });

        Assert.Equal(new DilatedFcnOptions { NumClasses = 4, Trunk = Expected.Options.Trunk }, network.Options);
        Assert.Null(network.Card.Classes);
        Assert.Equal(["classifier.4.weight", "classifier.4.bias"], report.Reinitialised.Select(line => line.Tensor));
    }

    [Fact]
    public void Load_AsAnFcn8s_TakesTheTrunk()
    {
        var (network, report) = Checkpoint.Load(
            CheckpointFiles.At("fcn-resnet50-narrow.pth"), new CheckpointOptions { Variant = FcnVariant.Fcn8s });

        Assert.Equal(new FcnOptions { Trunk = Expected.Options.Trunk }, network.Options);
        Assert.Equal(
            Expected["backbone.layer4.2.conv3.weight"].Values.ToArray(), network["backbone.layer4.2.conv3.weight"].Values.ToArray());
        Assert.False(report.IsComplete);
        Assert.Contains(report.LayersLeftOut, line => line.Tensor == "classifier.0.weight");
    }

    [Fact]
    public void Options_OfBasicBlocks_AreRefused() =>
        Assert.StartsWith(
            "A dilated FCN has a ResNet of bottlenecks, as torchvision's, but Trunk is ResNetTrunkOptions",
            Assert.Throws<ArgumentException>(new DilatedFcnOptions { Trunk = ResNetTrunkOptions.ResNet18 }.ToGraph).Message);
}

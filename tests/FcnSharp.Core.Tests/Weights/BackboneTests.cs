using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>A network that starts from another one's weights.</summary>
public class BackboneTests
{
    private const int Fc6Inputs = 16 * 49;

    [Fact]
    public void Load_TorchvisionVgg_FillsTrunkAndHeadOfTheOriginalLayout()
    {
        var (network, report) = Load("torchvision-vgg.pth", new CheckpointOptions { Layout = FcnLayout.Original, NumClasses = 7 });

        Assert.Equal((FcnVariant.Fcn8s, FcnLayout.Original, 7, false),
            (Fcn(network).Variant, Fcn(network).Layout, network.Options.NumClasses, network.Options.Trunk.BatchNorm));
        Assert.Equal(Normalization.ImageNet, network.Card.Normalization);
        AssertFilled(network, "conv1.0.weight", "features.0.weight", fanIn: 27);
        AssertFilled(network, "conv3.4.weight", "features.14.weight", fanIn: 16 * 9);
        AssertFilled(network, "conv5.4.bias", "features.28.bias", null);
        AssertFilled(network, "fc6.0.weight", "classifier.0.weight", Fc6Inputs);
        AssertFilled(network, "fc7.0.weight", "classifier.3.weight", fanIn: 32);
        Assert.Equal([32, 16, 7, 7], network["fc6.0.weight"].Shape);
        Assert.Equal(new ReportLine("fc6.0.weight", "(32, 784) to (32, 16, 7, 7)"), report.Reshaped[0]);
        Assert.Equal(["classifier.6.weight", "classifier.6.bias"], report.LeftOut.Select(line => line.Tensor));
        Assert.Empty(report.Flipped);
        Assert.Equal(9, report.Reinitialised.Length);
    }

    [Fact]
    public void Load_TorchvisionVggWithoutALayout_KeepsTheHeadThatItHas() =>
        Assert.Equal(FcnLayout.Original, Fcn(Load("torchvision-vgg.pth").Network).Layout);

    [Fact]
    public void Load_TorchvisionVggForTheCompactLayout_DropsItsHeadWithANote()
    {
        var (network, report) = Load("torchvision-vgg.pth", new CheckpointOptions { Layout = FcnLayout.Compact });

        AssertFilled(network, "conv5.4.weight", "features.28.weight", fanIn: 16 * 9);
        Assert.Contains(report.Reinitialised, line => line is { Tensor: "fc6.0.weight", Note: "random, by He's rule" });
        Assert.Contains(report.LeftOut, line => line.Tensor == "classifier.0.weight"
            && line.Note.Contains("(32, 784)", StringComparison.Ordinal));
        Assert.Contains(report.LeftOut, line => line.Tensor == "classifier.3.weight"
            && line.Note.Contains("fc6", StringComparison.Ordinal));
        var fc6 = network["fc6.0.weight"].Values.ToArray();
        Assert.Equal(2.0 / 16, fc6.Average(value => (double)value * value), 0.03);
    }

    [Fact]
    public void Load_TorchvisionVggBatchNorm_FillsTheNormsToo()
    {
        var (network, report) = Load("torchvision-vgg-bn.pth");

        Assert.True(((VggTrunkOptions)network.Options.Trunk).BatchNorm);
        AssertFilled(network, "conv1.2.weight", "features.3.weight", fanIn: 8 * 9);
        Assert.Equal(GoldenFill.Values("features.1.weight", 8, 1), network["conv1.0.bn.weight"].Values.ToArray());
        Assert.Equal(GoldenFill.Values("features.41.running_mean", 16, 0.1), network["conv5.4.bn.running_mean"].Values.ToArray());
        Assert.Equal(GoldenFill.Values("features.15.running_var", 16, 0.5).Select(value => value + 1),
            network["conv3.0.bn.running_var"].Values.ToArray());
        Assert.All(network["fc6.0.bn.weight"].Values.ToArray(), value => Assert.Equal(1, value));
        Assert.Contains(report.Reinitialised, line => line is { Tensor: "fc6.0.bn.running_var", Note: "one" });
    }

    [Fact]
    public void Load_AnotherClassCount_ReplacesTheHeadAndKeepsTheRest()
    {
        var whole = Load("paper.caffemodel").Network;

        var (network, report) = Load("paper.caffemodel", new CheckpointOptions { NumClasses = 12 });

        Assert.Equal(whole["fc7.0.weight"].Values.ToArray(), network["fc7.0.weight"].Values.ToArray());
        Assert.Equal([12, 32, 1, 1], network["fc8.weight"].Shape);
        Assert.All(network["fc8.weight"].Values.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(
            ["fc8.bias", "fc8.weight", "score_3b.0.bias", "score_3b.0.weight", "score_4b.0.bias", "score_4b.0.weight", "upscore.weight",
                "upscore_3b.weight", "upscore_4b.weight"],
            report.Reinitialised.Select(line => line.Tensor).Order(StringComparer.Ordinal));
        AssertBilinear(network["upscore.weight"], classes: 12);
        Assert.Contains(report.LeftOut, line => line.Tensor == "score_fr.weight"
            && line.Note.Contains("(12, 32, 1, 1)", StringComparison.Ordinal));
    }

    [Fact]
    public void Load_ACoarserVariant_TakesWhatItNeeds()
    {
        var (network, report) = Load("paper.caffemodel", new CheckpointOptions { Variant = FcnVariant.Fcn32s });

        Assert.Equal(FcnVariant.Fcn32s, Fcn(network).Variant);
        Assert.Contains(report.LeftOut, line => line.Tensor == "score_pool4.weight");
        Assert.Equal(["upscore.weight"], report.Reinitialised.Select(line => line.Tensor));
    }

    [Fact]
    public void Load_TheSameSeed_GivesTheSameNumbers()
    {
        var options = new CheckpointOptions { Layout = FcnLayout.Compact };

        var (first, second) = (Load("torchvision-vgg.pth", options).Network, Load("torchvision-vgg.pth", options).Network);

        Assert.Equal(first["fc6.0.weight"].Values.ToArray(), second["fc6.0.weight"].Values.ToArray());
        Assert.NotEqual(first["fc6.0.weight"].Values.ToArray(),
            Load("torchvision-vgg.pth", options with { Seed = 2 }).Network["fc6.0.weight"].Values.ToArray());
    }

    [Fact]
    public void Predictor_OfABackbone_IsRefused()
    {
        var error = Assert.Throws<WeightFileException>(() => FcnPredictor.Load(CheckpointFiles.At("torchvision-vgg.pth")));

        Assert.Contains("holds only a part of the network", error.Message);
    }

    [Fact]
    public void Predictor_OfACaffeFile_NeedsNoNormalization()
    {
        using var predictor = FcnPredictor.Load(CheckpointFiles.At("paper.caffemodel"));

        Assert.Equal(Normalization.Caffe, predictor.Card.Normalization);
        Assert.Equal(5, predictor.Classes.Count);
    }

    private static FcnOptions Fcn(FcnNetwork network) => Assert.IsType<FcnOptions>(network.Options);

    private static Checkpoint Load(string file, CheckpointOptions? options = null) => Checkpoint.Load(CheckpointFiles.At(file), options);

    private static void AssertFilled(FcnNetwork network, string tensor, string filledAs, int? fanIn)
    {
        var actual = network[tensor].Values.ToArray();
        Assert.Equal(
            GoldenFill.Values(filledAs, actual.Length, fanIn is { } inputs ? Math.Sqrt(6.0 / inputs) : GoldenFill.BiasAmplitude), actual);
    }

    /// <summary>Kernel 4: taps 1/4, 3/4, 3/4, 1/4, for each class from itself alone.</summary>
    private static void AssertBilinear(NamedTensor weight, int classes)
    {
        float[] taps = [0.25f, 0.75f, 0.75f, 0.25f];
        for (var i = 0; i < weight.Values.Length; i++)
        {
            var (from, to, row, column) = (i / 16 / classes, i / 16 % classes, i / 4 % 4, i % 4);
            Assert.Equal(from == to ? taps[row] * taps[column] : 0, weight.Values.Span[i]);
        }
    }
}

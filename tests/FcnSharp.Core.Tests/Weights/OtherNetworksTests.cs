using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>A file of another network is never used for prediction: the report lists its unused tensors, and a predictor refuses the
/// file.</summary>
public class OtherNetworksTests
{
    private static readonly int[] Vgg19 = [0, 2, 5, 7, 10, 12, 14, 16, 19, 21, 23, 25, 28, 30, 32, 34];
    private static readonly int[] Vgg19BatchNorm = [0, 3, 7, 10, 14, 17, 20, 23, 27, 30, 33, 36, 40, 43, 46, 49];
    private static readonly CheckpointOptions Partial = new() { Partial = true };

    public static TheoryData<string> Vgg19Files => [.. Vgg19Tensors.Keys];

    private static Dictionary<string, IEnumerable<NamedTensor>> Vgg19Tensors => new()
    {
        ["Caffe"] = [.. Paper(), Convolution("conv3_4", 16, 16), Convolution("conv4_4", 16, 16), Convolution("conv5_4", 16, 16)],
        ["torchvision"] = Vgg19.Select((index, layer) => Convolution($"features.{index}", 4, layer == 0 ? 3 : 4)),
        ["torchvision, batch norm"] = Vgg19BatchNorm.SelectMany((index, layer) => Norm($"features.{index + 1}", 4)
            .Prepend(Convolution($"features.{index}", 4, layer == 0 ? 3 : 4))),
        ["own names"] =
        [
            .. FilledNetwork.Tiny().Tensors, Convolution("conv3.6", 4, 4), Convolution("conv4.6", 5, 5), Convolution("conv5.6", 7, 7),
        ],
    };

    [Theory]
    [MemberData(nameof(Vgg19Files))]
    public void Load_TheTrunkOfAVgg19_SaysWhatItLooksLike(string kind)
    {
        using var file = new WeightFile(Vgg19Tensors[kind]);

        Assert.Contains("looks like a VGG-19", Refusal(() => Checkpoint.Load(file.Path)));
        Assert.Contains("looks like a VGG-19", Refusal(() => Checkpoint.Load(file.Path, Partial)));
        Assert.Contains("looks like a VGG-19", Refusal(() => FcnPredictor.Load(file.Path)));
        Assert.Contains("looks like a VGG-19", Checkpoint.Inspect(file.Path).Refusal);
    }

    [Fact]
    public void Load_BatchNormMissingOnTheFirstLayerOnly_IsRefused()
    {
        var options = new FcnOptions { NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true } };
        var tensors = FilledNetwork.Create(options).Tensors;
        using var file = new WeightFile(tensors.Where(tensor => !tensor.Name.StartsWith("conv1.0.bn", StringComparison.Ordinal)));

        Assert.Contains("tensor conv1.0.bn.weight: expected (2), found no such tensor", Refusal(() => FcnPredictor.Load(file.Path)));
        Assert.Contains("tensor conv1.0.bn.weight: expected (2), found no such tensor", Refusal(() => Checkpoint.Load(file.Path)));
        Assert.Contains("tensor conv1.0.bn.weight: expected (2), found no such tensor", Refusal(() => FcnNetwork.Load(file.Path)));
        Assert.Contains("4 tensors are missing, the first is conv1.0.bn.weight", Refusal(() => Predictor(file, Partial)));
        Assert.True(Checkpoint.Load(file.Path, Partial).Network.Options.Trunk is VggTrunkOptions { BatchNorm: true });
    }

    [Fact]
    public void Load_PytorchSemsegWithFixedUpsampling_IsAnFcn8sToBeTrained()
    {
        var network = FilledNetwork.Tiny(FcnVariant.Fcn8s, FcnLayout.Original);
        using var file = new WeightFile(network.Tensors.Where(tensor => !tensor.Name.StartsWith("upscore", StringComparison.Ordinal))
            .Select(tensor => Renamed(tensor, NameMap.PytorchSemseg.ToForeign(tensor.Name))));

        var report = Checkpoint.Load(file.Path, Partial).Report;

        Assert.True(report.Options is FcnOptions { Variant: FcnVariant.Fcn8s });
        Assert.Equal(["upscore.weight", "upscore_4b.weight", "upscore_3b.weight"], report.Reinitialised.Select(line => line.Tensor));
        Assert.False(report.IsComplete);
        Assert.Contains("incomplete: a starting point for training", report.ToString());
        Assert.Contains("3 tensors are missing, the first is upscore.weight", Refusal(() => Predictor(file, Partial)));
        Assert.Contains("tensor upscore2.weight: expected (3, 3, 4, 4), found no such tensor", Refusal(() => FcnPredictor.Load(file.Path)));
    }

    [Fact]
    public void Load_AConvolutionOrANormThatNoLayerTakes_StartsATrainingButPredictsNothing()
    {
        foreach (var (more, first) in new (NamedTensor[], string)[]
        {
            ([Convolution("conv6_1", 4, 4)], "conv6_1.weight"),
            ([.. Norm("norm1", 4)], "norm1.weight"),
            ([Numbers("score_fr.deep", 4, 4)], "score_fr.deep"),
        })
        {
            using var file = new WeightFile([.. Paper(), .. more]);

            var report = Checkpoint.Load(file.Path).Report;

            Assert.Equal(more.Select(tensor => tensor.Name), report.LayersLeftOut.Select(line => line.Tensor));
            Assert.False(report.IsComplete);
            Assert.Contains(
                $"holds another network: {more.Length} of its tensors are not part of the requested network " +
                $"(Fcn8s, Original layout), the first is {first}",
                Refusal(() => FcnPredictor.Load(file.Path)));
            Assert.Contains("holds another network", Refusal(() => Predictor(file, Partial)));
        }
    }

    [Theory]
    [InlineData("fc8.weight", 4, 4)]
    [InlineData("criterion.weight", 5)]
    [InlineData("epochs", 1)]
    public void Load_WhatIsNoPartOfTheNetwork_IsLeftOutWithANote(string name, params int[] shape)
    {
        using var file = new WeightFile([.. Paper(), Numbers(name, shape)]);

        var report = Checkpoint.LoadComplete(file.Path).Report;

        Assert.Equal(new ReportLine(name, "not part of any network here"), Assert.Single(report.LeftOut));
        Assert.True(report.IsComplete);
        Assert.DoesNotContain("incomplete", report.ToString());
    }

    [Fact]
    public void Load_CountersOfBatches_AreNoPartOfTheNetwork()
    {
        var options = new FcnOptions { NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true } };
        using var file = new WeightFile([.. FilledNetwork.Create(options).Tensors, Numbers("conv1.0.bn.num_batches_tracked", 1)]);

        Assert.Equal(["conv1.0.bn.num_batches_tracked"], Checkpoint.LoadComplete(file.Path).Report.LeftOut.Select(line => line.Tensor));
    }

    [Fact]
    public void Load_ScalesOfSkipsInANetworkWithoutThem_IsRefused()
    {
        var network = FilledNetwork.Tiny(FcnVariant.Fcn16s, FcnLayout.Original);
        using var file = new WeightFile([
            .. network.Tensors.Select(tensor => Renamed(tensor, NameMap.CaffeFcn16s.ToForeign(tensor.Name))),
            Numbers("scale_pool4.weight", 1)]);

        Assert.Contains("has scale_pool4.weight, which only an Fcn8s", Refusal(() => Checkpoint.Load(file.Path)));
        Assert.True(Checkpoint.Load(file.Path, new CheckpointOptions { AtOnce = false }).Network.Options is FcnOptions { AtOnce: false });
    }

    private static IEnumerable<NamedTensor> Paper() => GoldenTensors.Read(CheckpointFiles.At("paper.safetensors")).Values;

    private static NamedTensor Renamed(NamedTensor tensor, string name) => new(name, tensor.Shape, tensor.Values);

    private static NamedTensor Convolution(string layer, int outputs, int inputs) => Numbers($"{layer}.weight", outputs, inputs, 3, 3);

    private static IEnumerable<NamedTensor> Norm(string layer, int channels) =>
        new[] { "weight", "bias", "running_mean", "running_var" }.Select(part => Numbers($"{layer}.{part}", channels));

    private static NamedTensor Numbers(string name, params int[] shape) =>
        new(name, [.. shape], GoldenFill.Values(name, shape.Aggregate(1, (count, size) => count * size), 1));

    private static FcnPredictor Predictor(WeightFile file, CheckpointOptions options) =>
        FcnPredictor.Load(file.Path, checkpoint: options);

    private static string Refusal(Func<object> load) => Assert.Throws<WeightFileException>(() => { load(); }).Message;
}

using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

public class NameMapTests
{
    /// <summary>A file with layer names that no tool uses.</summary>
    [Fact]
    public void Parse_AMapOfOnesOwn_LoadsWhatNoOtherMapFits()
    {
        using var folder = new TempFolder();
        var network = FilledNetwork.Tiny();
        var theirs = network.Graph.Tensors.Select(spec => spec.Name[..spec.Name.LastIndexOf('.')]).Distinct()
            .Select((layer, i) => (layer, name: $"block{i}")).ToList();
        var renamed = network.Tensors.Select(tensor => new NamedTensor(
            theirs.Single(pair => tensor.Name.StartsWith($"{pair.layer}.", StringComparison.Ordinal)).name
                + tensor.Name[tensor.Name.LastIndexOf('.')..],
            tensor.Shape, tensor.Values)).ToList();
        SafetensorsFile.Write(folder["theirs.safetensors"], renamed, new Dictionary<string, string>(), WeightPrecision.Float32);
        var map = NameMap.Parse(
            string.Join("\n", theirs.Select(pair => $"{pair.layer}={pair.name}")), "ours", Normalization.Caffe, ChannelOrder.Bgr);

        var loaded = Checkpoint.LoadComplete(folder["theirs.safetensors"], new CheckpointOptions { NameMap = map });

        Assert.Equal((map, Normalization.Caffe), (loaded.Report.Map, loaded.Network.Card.Normalization));
        Assert.Equal(network["fc8.weight"].Values.ToArray(), loaded.Network["fc8.weight"].Values.ToArray());
        Assert.Single(loaded.Report.Flipped);
        Assert.Contains(
            "fit none of the maps tried", Assert.Throws<WeightFileException>(() => Checkpoint.Load(folder["theirs.safetensors"])).Message);
    }

    [Theory]
    [InlineData("conv1.0", "is not a pair")]
    [InlineData("conv1.0=", "is not a pair")]
    [InlineData("conv9.0=a", "is not a pair")]
    [InlineData("backbone.layer5.0.conv1=a", "is not a pair")]
    [InlineData("conv1.0=a conv1.2=a", "The layer a occurs in two pairs")]
    [InlineData("conv1.0=a conv1.0=b", "The layer conv1.0 occurs in two pairs")]
    public void Parse_ATableThatIsNone_NamesTheWord(string table, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => NameMap.Parse(table)).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_LayersOfAResNet_AreKnown() =>
        Assert.Equal("backbone.layer1.0.conv1.weight", NameMap.Parse("backbone.layer1.0.conv1=first").ToOurs("first.weight"));

    public static TheoryData<string> Names => [.. NameMap.All.Select(map => map.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_EveryLayer_IsOneOfOursAndGoesBothWays(string name)
    {
        var map = NameMap.All.Single(map => map.Name == name);
        var ours = Enum.GetValues<FcnVariant>()
            .Select(NetworkOptions (variant) => new FcnOptions { Variant = variant, Trunk = new VggTrunkOptions { BatchNorm = true } })
            .Append(new DilatedFcnOptions())
            .SelectMany(StateDict.TensorsOf)
            .Select(tensor => tensor.Name[..tensor.Name.LastIndexOf('.')])
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(map.Layers.Count, map.Layers.Values.Distinct().Count());
        Assert.All(map.Layers, layer =>
        {
            Assert.Contains(layer.Key, ours);
            Assert.Equal($"{layer.Key}.weight", map.ToOurs(map.ToForeign($"{layer.Key}.weight")));
        });
    }

    [Fact]
    public void Table_OfEveryWholeNetwork_HasAllOfItsLayers()
    {
        foreach (var (map, variant) in new[]
        {
            (NameMap.CaffeFcn8s, FcnVariant.Fcn8s), (NameMap.CaffeFcn16s, FcnVariant.Fcn16s), (NameMap.CaffeFcn32s, FcnVariant.Fcn32s),
            (NameMap.PytorchSemseg, FcnVariant.Fcn8s), (NameMap.FcnSharp, FcnVariant.Fcn16s),
        })
        {
            Assert.All(StateDict.TensorsOf(new FcnOptions { Variant = variant }), tensor => Assert.NotEmpty(map.ToForeign(tensor.Name)));
        }
    }

    [Fact]
    public void ResNetLayers_AreTorchvisionsBehindAPrefix()
    {
        Assert.Equal("layer4.2.bn1.weight", NameMap.TorchvisionResNet.ToForeign("backbone.layer4.2.bn1.weight"));
        Assert.Equal("backbone.layer1.0.downsample.0.weight", NameMap.TorchvisionResNet.ToOurs("layer1.0.downsample.0.weight"));
        Assert.Equal("backbone.conv1.bias", NameMap.FcnSharp.ToOurs("backbone.conv1.bias"));
        Assert.True(NameMap.CntkResNet.Has("backbone.bn1.running_mean"));
        Assert.False(NameMap.TorchvisionVgg16.Has("backbone.bn1.running_mean"));
        Assert.All(
            ["layer5.0.conv1.weight", "layer1.0.conv4.weight", "layer1.conv1.weight", "fc.weight", "layer1.0.downsample.2.weight", "conv1"],
            name => Assert.Null(NameMap.TorchvisionResNet.ToOurs(name)));
        Assert.Throws<ArgumentNullException>("tensor", () => NameMap.FcnSharp.Has(null!));
    }

    [Fact]
    public void Caffe_OfAVariantThatThePaperDoesNotHave_IsRefused() =>
        Assert.Contains("Caffe has no network of variant Fcn4s. Choose a variant of the paper.",
            Assert.Throws<ArgumentOutOfRangeException>("variant", () => NameMap.Caffe(FcnVariant.Fcn4s)).Message);

    [Fact]
    public void ToForeign_ALayerThatTheToolDoesNotHave_IsRefused() =>
        Assert.Contains("The name map torchvision VGG-16 has no layer for the tensor fc8.weight.",
            Assert.Throws<KeyNotFoundException>(() => NameMap.TorchvisionVgg16.ToForeign("fc8.weight")).Message);

    [Fact]
    public void Names_OfNothing_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("tensor", () => NameMap.FcnSharp.ToForeign(null!));
        Assert.Throws<ArgumentNullException>("tensor", () => NameMap.FcnSharp.ToOurs(null!));
    }

    [Theory]
    [InlineData("conv9.0.weight")]
    [InlineData(".weight")]
    [InlineData("weight")]
    public void ToOurs_ATensorOfNoLayer_IsNone(string tensor) => Assert.Null(NameMap.FcnSharp.ToOurs(tensor));
}

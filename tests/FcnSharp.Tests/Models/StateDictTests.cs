using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Torch.Tests.Models;

public class StateDictTests
{
    /// <summary>The state dict of the blog post's own class at 21 classes, in the order in which its layers are declared.</summary>
    private static readonly (string Name, long[] Weight)[] BlogPostLayers =
    [
        ("conv1.0", [64, 3, 3, 3]), ("conv1.2", [64, 64, 3, 3]),
        ("conv2.0", [128, 64, 3, 3]), ("conv2.2", [128, 128, 3, 3]),
        ("conv3.0", [256, 128, 3, 3]), ("conv3.2", [256, 256, 3, 3]), ("conv3.4", [256, 256, 3, 3]),
        ("conv4.0", [512, 256, 3, 3]), ("conv4.2", [512, 512, 3, 3]), ("conv4.4", [512, 512, 3, 3]),
        ("conv5.0", [512, 512, 3, 3]), ("conv5.2", [512, 512, 3, 3]), ("conv5.4", [512, 512, 3, 3]),
        ("score_3b.0", [21, 256, 1, 1]), ("score_4b.0", [21, 512, 1, 1]),
        ("fc6.0", [4096, 512, 1, 1]), ("fc7.0", [4096, 4096, 1, 1]), ("fc8", [21, 4096, 1, 1]),
        ("upscore", [21, 21, 4, 4]), ("upscore_4b", [21, 21, 4, 4]), ("upscore_3b", [21, 21, 16, 16]),
    ];

    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Kinds => EveryNetwork.Kinds;

    [Fact]
    public void LoadStateDict_OfTheBlogPostsClass_TakesAllFortyTwoTensorsUnmapped()
    {
        using var scope = NewDisposeScope();
        var foreign = BlogPostLayers
            .SelectMany(layer => new[]
            {
                (Name: $"{layer.Name}.weight", Shape: layer.Weight),
                (Name: $"{layer.Name}.bias", Shape: layer.Weight[..1]),
            })
            .ToDictionary(tensor => tensor.Name, tensor => full(tensor.Shape, tensor.Name.Length));
        using var model = new FCN8s();

        var (missing, unexpected) = model.load_state_dict(foreign);

        Assert.Equal(42, foreign.Count);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.All(model.state_dict(), pair => Assert.Equal(pair.Key.Length, pair.Value.min().Item<float>()));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void StateDict_OfEveryKind_HasTheNamesAndShapesOfTheNetworksTensors(
        FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        var options = EveryNetwork.Tiny(variant, layout, atOnce, batchNorm);
        using var model = FcnModule.Create(options);

        Assert.Equal(
            StateDict.TensorsOf(options).Select(spec => $"{spec.Name} {string.Join(" x ", spec.Shape)}").Order(),
            model.state_dict().Select(pair => $"{pair.Key} {string.Join(" x ", pair.Value.shape)}").Order());
    }

    [Fact]
    public void ConvolutionNames_WithBatchNorm_StayTheSame()
    {
        using var plain = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s));
        using var normalized = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s, batchNorm: true));

        Assert.Subset(normalized.state_dict().Keys.ToHashSet(), plain.state_dict().Keys.ToHashSet());
        Assert.Contains("conv1.0.bn.weight", normalized.state_dict().Keys);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ToNetwork_AfterFrom_GivesEveryBitBack(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        var network = FilledNetwork.Create(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm));
        using var model = FcnModule.From(network);

        var copy = model.ToNetwork();

        Assert.False(model.training);
        Assert.Equal(network.Options, copy.Options);
        Assert.All(network.Tensors, tensor => Assert.Equal(tensor.Values.ToArray(), copy[tensor.Name].Values.ToArray()));
    }

    [Fact]
    public void ToNetwork_InAnotherPrecision_GivesFloatsOfItsOwn()
    {
        var network = FilledNetwork.Tiny();
        using var model = FCN8s.From(network);
        model.to(ScalarType.Float64);

        var copy = model.ToNetwork(new ModelCard { Name = "copy" });
        Initialize(model);

        Assert.Equal("copy", copy.Card.Name);
        Assert.Equal(network["conv3.2.weight"].Values.ToArray(), copy["conv3.2.weight"].Values.ToArray());

        static void Initialize(FCN8s model)
        {
            using var untracked = no_grad();
            foreach (var parameter in model.parameters())
            {
                parameter.zero_();
            }
        }
    }

    [Fact]
    public void SaveAndLoad_OfTorchSharp_KeepTheWeights()
    {
        using var folder = new TempFolder();
        using var saved = FCN8s.From(FilledNetwork.Tiny());
        using var loaded = new FCN8s((FcnOptions)saved.Options);

        saved.save(folder["weights.dat"]);
        loaded.load(folder["weights.dat"]);

        Assert.Equal(saved.ToNetwork()["fc6.0.weight"].Values.ToArray(), loaded.ToNetwork()["fc6.0.weight"].Values.ToArray());
    }

    [Fact]
    public void From_AnotherVariant_NamesTheRightClass()
    {
        var error = Assert.Throws<ArgumentException>(() => FCN8s.From(FilledNetwork.Tiny(FcnVariant.Fcn16s)));

        Assert.Contains("Expected a network of variant Fcn8s, but got Fcn16s, Compact layout. Use FCN16s.From.", error.Message);
    }
}

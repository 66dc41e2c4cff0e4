using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Networks;

/// <summary>Networks on a ResNet: their tensors, their files, and invalid combinations of options.</summary>
public class ResNetTrunkTests
{
    public static TheoryData<FcnVariant, ResNetBlock, bool> Networks => new MatrixTheoryData<FcnVariant, ResNetBlock, bool>(
        Enum.GetValues<FcnVariant>(), Enum.GetValues<ResNetBlock>(), [true, false]);

    /// <summary>Parameters of torchvision's resnet18 to 101 without fc, which has 1000 (513 or 2049); and of the package's trunk.</summary>
    public static TheoryData<ResNetTrunkOptions, long> Published => new()
    {
        { ResNetTrunkOptions.ResNet18, 11_689_512 - 513_000 },
        { ResNetTrunkOptions.ResNet34, 21_797_672 - 513_000 },
        { ResNetTrunkOptions.ResNet50, 25_557_032 - 2_049_000 },
        { ResNetTrunkOptions.ResNet101, 44_549_160 - 2_049_000 },
        { ResNetTrunkOptions.ResNet18Onnx, 11_689_512 - 513_000 + (2 * ((512 * 512 * 9) + 1024)) },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Presets_HaveAsManyParametersAsPublished(ResNetTrunkOptions trunk, long expected)
    {
        var options = new FcnOptions { Trunk = trunk, NumClasses = 2, Variant = FcnVariant.Fcn32s };
        var channels = trunk.Block == ResNetBlock.Basic ? 512 : 2048;

        Assert.Equal(expected + (2 * channels) + 2 + (2 * 2 * 64 * 64) + 2, StateDict.CountParameters(options));
    }

    [Fact]
    public void Tensors_OfResNet50_AreThoseOfTorchvisionsFile()
    {
        var theirs = File.ReadLines(CheckpointFiles.At("fcn_resnet50-names.txt"))
            .Where(line => line.StartsWith("backbone.", StringComparison.Ordinal))
            .Where(line => !line.Contains("num_batches", StringComparison.Ordinal))
            .Select(line => line.Replace(" ", "", StringComparison.Ordinal).Replace(",)", ")", StringComparison.Ordinal));

        var ours = StateDict.TensorsOf(new FcnOptions { Trunk = ResNetTrunkOptions.ResNet50 })
            .Where(spec => spec.Name.StartsWith("backbone.", StringComparison.Ordinal))
            .Select(spec => $"{spec.Name}{NamedTensor.ShapeText(spec.Shape)}".Replace(" ", "", StringComparison.Ordinal));

        Assert.Equal(theirs.Order(StringComparer.Ordinal), ours.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Save_ThenLoad_GivesTheSameNetwork(FcnVariant variant, ResNetBlock block, bool batchNorm)
    {
        using var folder = new TempFolder();
        var network = FilledNetwork.Create(Options(variant, block) with { Trunk = Trunk(block) with { BatchNorm = batchNorm } });

        network.Save(folder["model.safetensors"]);
        var loaded = FcnNetwork.Load(folder["model.safetensors"]);

        Assert.Equal(network.Options, loaded.Options);
        Assert.All(network.Tensors, tensor => Assert.Equal(tensor.Values.ToArray(), loaded[tensor.Name].Values.ToArray()));
    }

    [Fact]
    public void Metadata_SayWhatTheTrunkIs()
    {
        var texts = ModelMetadata.Write(Options(FcnVariant.Fcn8s, ResNetBlock.Bottleneck), ModelCard.Empty);

        Assert.Equal(
            ["resnet", "bottleneck", "[1,2,1,3]", "2", "true"],
            new[] { "trunk", "block", "blocks", "width", "batch_norm" }.Select(key => texts[key]));
        Assert.DoesNotContain("widths", texts.Keys);
    }

    [Theory]
    [InlineData("blocks", "[1,2,1,2]", "says blocks = [1,2,1,2] in its metadata, but its tensors have [1,2,1,3].")]
    [InlineData("trunk", "vgg", "says trunk = vgg in its metadata, but its tensors have resnet.")]
    public void Load_MetadataOfAnotherTrunk_IsRefused(string key, string text, string expected)
    {
        using var folder = new TempFolder();
        var network = FilledNetwork.Create(Options(FcnVariant.Fcn8s, ResNetBlock.Basic));
        var metadata = ModelMetadata.Write(network.Options, network.Card).ToDictionary();
        metadata[key] = text;
        SafetensorsFile.Write(folder["model.safetensors"], network.Tensors, metadata);

        Assert.Contains(expected, Assert.Throws<WeightFileException>(() => FcnNetwork.Load(folder["model.safetensors"])).Message);
    }

    [Theory]
    [InlineData("backbone.conv1.weight", "no such tensor")]
    [InlineData("backbone.layer3.0.downsample.1.running_var", "no such tensor")]
    [InlineData("backbone.layer4.1.bn2.bias", "no such tensor")]
    [InlineData("score_2b.0.weight", "no such tensor")]
    public void Load_ATensorMissing_NamesIt(string tensor, string expected)
    {
        using var folder = new TempFolder();
        var network = FilledNetwork.Create(Options(FcnVariant.Fcn4s, ResNetBlock.Basic));
        SafetensorsFile.Write(folder["model.safetensors"], [.. network.Tensors.Where(each => each.Name != tensor)]);

        var message = Assert.Throws<WeightFileException>(() => FcnNetwork.Load(folder["model.safetensors"])).Message;

        Assert.Contains(tensor, message);
        Assert.Contains(expected, message);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void FoldBatchNorm_GivesTheSameScoresWithoutNorms(FcnVariant variant, ResNetBlock block, bool batchNorm)
    {
        var network = FilledNetwork.Create(Options(variant, block) with { Trunk = Trunk(block) with { BatchNorm = batchNorm } });
        var picture = TestPictures.Noise(45, 70);

        var folded = network.FoldBatchNorm();

        Assert.False(folded.Options.Trunk.BatchNorm);
        Assert.DoesNotContain(folded.Tensors, tensor => tensor.Name.Contains("running", StringComparison.Ordinal));
        Assert.Equal(batchNorm, !ReferenceEquals(network, folded));
        Closeness.Assert(NaiveFcn.Score(network, picture), NaiveFcn.Score(folded, picture), Closeness.BetweenEngines);
    }

    [Fact]
    public void Options_InTheOriginalLayout_AreRefused()
    {
        Assert.Equal(
            "The Original layout is that of the published networks, and none of them is built on a ResNet. Set Layout to Compact.",
            Assert.Throws<ArgumentException>(
                new FcnOptions { Layout = FcnLayout.Original, Trunk = ResNetTrunkOptions.ResNet18 }.Validate).Message);
        Assert.Equal(
            "The Original layout is that of the published networks, and none of them is an Fcn4s. Set Layout to Compact.",
            Assert.Throws<ArgumentException>(new FcnOptions { Layout = FcnLayout.Original, Variant = FcnVariant.Fcn4s }.ToGraph).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(513)]
    public void Width_OutOfRange_IsRefused(int width) =>
        Assert.Throws<ArgumentOutOfRangeException>("Width", () => new ResNetTrunkOptions { Width = width });

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Blocks_OutOfRange_AreRefused(int blocks)
    {
        Assert.Throws<ArgumentOutOfRangeException>("Stage1", () => new ResNetBlocks(blocks, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("Stage4", () => new ResNetBlocks(1, 1, 1, blocks));
        Assert.Throws<ArgumentOutOfRangeException>("Stage3", () => new ResNetBlocks(1, 1, 1, 1) with { Stage3 = blocks });
        Assert.Throws<ArgumentOutOfRangeException>("Stage2", () => new ResNetBlocks(1, 1, 1, 1) with { Stage2 = blocks });
    }

    private static FcnOptions Options(FcnVariant variant, ResNetBlock block) =>
        new() { Variant = variant, NumClasses = 3, Trunk = Trunk(block) };

    private static ResNetTrunkOptions Trunk(ResNetBlock block) => new() { Block = block, Blocks = new(1, 2, 1, 3), Width = 2 };
}

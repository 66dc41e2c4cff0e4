using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

public class StateDictExporterTests
{
    public static TheoryData<FcnVariant, FcnLayout, bool> Networks => new()
    {
        { FcnVariant.Fcn8s, FcnLayout.Original, false },
        { FcnVariant.Fcn16s, FcnLayout.Original, false },
        { FcnVariant.Fcn32s, FcnLayout.Original, false },
        { FcnVariant.Fcn8s, FcnLayout.Compact, false },
        { FcnVariant.Fcn8s, FcnLayout.Original, true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Save_UnderCaffesNames_ThenLoad_GivesTheSameNetwork(FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        using var folder = new TempFolder();
        var options = new FcnOptions
        {
            Variant = variant,
            Layout = layout,
            AtOnce = atOnce,
            NumClasses = 3,
            Trunk = FilledNetwork.TinyTrunk
        };
        var network = FilledNetwork.Create(options);

        StateDictExporter.Save(network, folder["caffe.safetensors"], NameMap.Caffe(variant));
        var (loaded, report) = Checkpoint.Load(folder["caffe.safetensors"]);

        Assert.Equal(NameMap.Caffe(variant), report.Map);
        Assert.Equal(network.Options, loaded.Options);
        Assert.Equal(network.Card, loaded.Card);
        Assert.All(network.Tensors, tensor => Assert.Equal(tensor.Values.ToArray(), loaded[tensor.Name].Values.ToArray()));
    }

    [Fact]
    public void Save_UnderCaffesNames_GivesBackTheFileThatWasLoaded()
    {
        using var folder = new TempFolder();
        var original = GoldenTensors.Read(CheckpointFiles.At("paper.safetensors"));

        StateDictExporter.Save(Checkpoint.Load(CheckpointFiles.At("paper.caffemodel")).Network, folder["back.safetensors"],
            NameMap.CaffeFcn8s);

        var back = GoldenTensors.Read(folder["back.safetensors"]);
        Assert.Equal(original.Keys.Order(), back.Keys.Order());
        Assert.All(original, pair => Assert.Equal(pair.Value.Values.ToArray(), back[pair.Key].Values.ToArray()));
    }

    [Fact]
    public void Save_WithBatchNorm_IsFoldedWhereTheMapHasNone()
    {
        using var folder = new TempFolder();
        var network = FilledNetwork.Create(new FcnOptions { NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true } });

        StateDictExporter.Save(network, folder["own.safetensors"], NameMap.FcnSharp);
        StateDictExporter.Save(network, folder["caffe.safetensors"], NameMap.CaffeFcn8s);

        Assert.True(Checkpoint.Load(folder["own.safetensors"]).Network.Options.Trunk is VggTrunkOptions { BatchNorm: true });
        Assert.False(Checkpoint.Load(folder["caffe.safetensors"]).Network.Options.Trunk is VggTrunkOptions { BatchNorm: true });
    }

    [Fact]
    public void Save_ToAStream_WritesTheBytesOfTheFile()
    {
        using var folder = new TempFolder();
        using var stream = new MemoryStream();

        StateDictExporter.Save(FilledNetwork.Tiny(), folder["own.safetensors"], NameMap.FcnSharp);
        StateDictExporter.Save(FilledNetwork.Tiny(), stream, NameMap.FcnSharp);

        Assert.Equal(File.ReadAllBytes(folder["own.safetensors"]), stream.ToArray());
    }

    [Fact]
    public void Save_UnderNamesOfAnotherNetwork_IsRefused()
    {
        using var folder = new TempFolder();

        var error = Assert.Throws<ArgumentException>(
            () => StateDictExporter.Save(FilledNetwork.Tiny(), folder["x.safetensors"], NameMap.TorchvisionVgg16));

        Assert.Contains(
            "torchvision VGG-16 has no name for fc8.weight of this network (Fcn8s, Compact layout). Choose a map for that network.",
            error.Message);
        Assert.Empty(folder.FileNames());
    }
}

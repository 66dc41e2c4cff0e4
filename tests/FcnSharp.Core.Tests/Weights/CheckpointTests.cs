using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Tests.Support;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

/// <summary>Checkpoints of other tools give the networks that they hold.</summary>
public class CheckpointTests
{
    private static readonly Dictionary<string, string> CardOfPython = new()
    {
        ["format_version"] = "1",
        ["classes"] = """["background", "leaf", "stem"]""",
        ["mean"] = "[0.485, 0.456, 0.406]",
        ["std"] = "[0.229, 0.224, 0.225]",
    };

    private static readonly VggWidths Widths = new() { Stage1 = 8, Stage2 = 8, Stage3 = 16, Stage4 = 16, Stage5 = 16, Head = 32 };

    public static TheoryData<string, CheckpointFormat, double> CompactFiles => new()
    {
        { "compact.safetensors", CheckpointFormat.Safetensors, 0 },
        { "compact.pth", CheckpointFormat.PyTorch, 0 },
        { "compact-legacy.pth", CheckpointFormat.PyTorchLegacy, 0 },
        { "compact-shared-storage.pth", CheckpointFormat.PyTorch, 0 },
        { "compact-channels-last.pth", CheckpointFormat.PyTorch, 0 },
        { "compact-double.pth", CheckpointFormat.PyTorch, 0 },
        { "compact-half.pth", CheckpointFormat.PyTorch, 1.0 / 2048 },
        { "compact-bfloat16.pth", CheckpointFormat.PyTorch, 1.0 / 256 },
    };

    public static TheoryData<string, CheckpointFormat, string, string, string> PaperFiles => new()
    {
        { "paper.safetensors", CheckpointFormat.Safetensors, NameMap.CaffeFcn8s.Name, "", "" },
        { "paper-trainer-dataparallel.pth", CheckpointFormat.PyTorch, NameMap.CaffeFcn8s.Name, "model_state_dict", "module." },
        { "paper.caffemodel", CheckpointFormat.Caffe, NameMap.CaffeFcn8s.Name, "", "" },
        { "paper-v1layers.caffemodel", CheckpointFormat.Caffe, NameMap.CaffeFcn8s.Name, "", "" },
        { "semseg.pkl", CheckpointFormat.PyTorch, NameMap.PytorchSemseg.Name, "model_state", "module." },
    };

    [Fact]
    public void Files_AllThatShouldLoad_AreTested() =>
        Assert.Equal(
            CheckpointFiles.StartingWith("compact").Concat(CheckpointFiles.StartingWith("paper"))
                .Concat(CheckpointFiles.StartingWith("semseg")).Order(),
            CompactFiles.Select(row => row.Data.Item1).Concat(PaperFiles.Select(row => row.Data.Item1)).Order());

    [Theory]
    [MemberData(nameof(CompactFiles))]
    public void Load_TheCompactNetwork_GivesItsNumbersAndLogits(string file, CheckpointFormat format, double tolerance)
    {
        var expected = FcnNetwork.Load(CheckpointFiles.At("compact.safetensors"));

        var (network, report) = Checkpoint.Load(CheckpointFiles.At(file));

        Assert.Equal(new FcnOptions { NumClasses = 5, Trunk = new VggTrunkOptions { Widths = Widths } }, network.Options);
        Assert.Equal((format, NameMap.FcnSharp, ""), (report.Format, report.Map, report.Wrapper));
        Assert.Equal(42, report.Loaded.Length);
        Assert.Empty(report.Reshaped.Concat(report.Flipped).Concat(report.Reinitialised).Concat(report.LeftOut));
        Assert.Null(network.Card.Normalization);
        foreach (var tensor in expected.Tensors)
        {
            AssertClose(tensor.Values, network[tensor.Name].Values, tolerance, tensor.Name);
        }

        Closeness.Assert(Logits(expected).Span, Logits(network).Span, Math.Max(1e-6, 20 * tolerance), file);
    }

    [Theory]
    [MemberData(nameof(PaperFiles))]
    public void Load_ThePaperNetwork_GivesItsNumbersInRgbOrder(
        string file, CheckpointFormat format, string map, string wrapper, string prefix)
    {
        var stored = GoldenTensors.Read(CheckpointFiles.At("paper.safetensors"));

        var (network, report) = Checkpoint.Load(CheckpointFiles.At(file));

        Assert.Equal(
            new FcnOptions { NumClasses = 5, Layout = FcnLayout.Original, Trunk = new VggTrunkOptions { Widths = Widths } },
            network.Options);
        Assert.Equal((format, map, wrapper, prefix), (report.Format, report.Map.Name, report.Wrapper, report.Prefix));
        Assert.Equal(Normalization.Caffe, network.Card.Normalization);
        Assert.Equal(new ReportLine("conv1.0.weight", "BGR to RGB"), Assert.Single(report.Flipped));
        Assert.Equal(39, report.Loaded.Length);
        Assert.Empty(report.Reinitialised);
        foreach (var tensor in network.Tensors)
        {
            var values = stored[NameMap.CaffeFcn8s.ToForeign(tensor.Name)].Values.ToArray();
            Assert.Equal(tensor.Name == "conv1.0.weight" ? Flipped(values, area: 9) : values, tensor.Values.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(PaperFiles))]
    public void Load_ThePaperNetwork_GivesTheSameLogits(string file, CheckpointFormat format, string map, string wrapper, string prefix)
    {
        var expected = Logits(Checkpoint.Load(CheckpointFiles.At("paper.safetensors")).Network);

        var (network, report) = Checkpoint.Load(CheckpointFiles.At(file));

        Assert.Equal((format, map, wrapper, prefix), (report.Format, report.Map.Name, report.Wrapper, report.Prefix));
        Closeness.Assert(expected.Span, Logits(network).Span, 1e-6, file);
    }

    [Fact]
    public void Load_SafetensorsOfDistributedDataParallel_TakesThePrefixOffAndKeepsTheCard()
    {
        var trained = FilledNetwork.Tiny();
        var named = trained.Tensors.Select(tensor => new NamedTensor($"module.{tensor.Name}", tensor.Shape, tensor.Values)).ToList();
        using var file = new MemoryStream();
        SafetensorsFile.Write(file, named, CardOfPython, WeightPrecision.Float32);
        file.Position = 0;

        var (network, report) = Checkpoint.Load(file);

        Assert.Equal("module.", report.Prefix);
        Assert.Equal(["background", "leaf", "stem"], network.Card.Classes!.Select(info => info.Name));
        Assert.Equal(Normalization.ImageNet, network.Card.Normalization);
        Assert.All(trained.Tensors, tensor => Assert.Equal(tensor.Values.ToArray(), network[tensor.Name].Values.ToArray()));
    }

    [Fact]
    public void Load_ATrainersFile_SaysWhatElseWasInIt()
    {
        var report = Checkpoint.Load(CheckpointFiles.At("paper-trainer-dataparallel.pth")).Report;

        Assert.Equal(["epoch", "iteration", "arch", "best_mean_iu", "optim_state_dict"], report.LeftOut.Select(line => line.Tensor));
        Assert.Contains("under model_state_dict, without the prefix module.", report.ToString());
        Assert.Contains("flipped: conv1.0.weight (BGR to RGB)", report.ToString());
        Assert.Contains("left out: epoch (not a tensor of the network)", report.ToString());
    }

    [Fact]
    public void Load_OptionsThatTheFileCannotTell_Win()
    {
        var options = new CheckpointOptions { AtOnce = true, ChannelOrder = ChannelOrder.Rgb, Normalization = Normalization.ImageNet };

        var (network, report) = Checkpoint.Load(CheckpointFiles.At("paper.caffemodel"), options);

        Assert.True(network.Options is FcnOptions { AtOnce: true });
        Assert.Empty(report.Flipped);
        Assert.Equal(Normalization.ImageNet, network.Card.Normalization);
    }

    [Fact]
    public void Load_TheSameBytesUnderAnotherName_IsToldByContent()
    {
        using var folder = new TempFolder();
        File.Copy(CheckpointFiles.At("paper.caffemodel"), folder["weights.pth"]);

        Assert.Equal(CheckpointFormat.Caffe, Checkpoint.Load(folder["weights.pth"]).Report.Format);
    }

    [Fact]
    public void Load_FromAStreamThatCannotSeek_Works()
    {
        using var pipe = new OneWayStream(File.ReadAllBytes(CheckpointFiles.At("compact.pth")));

        Assert.Equal(5, Checkpoint.Load(pipe).Network.Options.NumClasses);
    }

    [Fact]
    public void Load_OwnModelFile_KeepsItsCard()
    {
        using var folder = new TempFolder();
        var card = new ModelCard { Name = "mine", Normalization = Normalization.ImageNet, WorkingSize = 480 };
        FilledNetwork.Tiny().WithCard(card).Save(folder["model.safetensors"]);

        Assert.Equal(card, Checkpoint.Load(folder["model.safetensors"]).Network.Card);
    }

    [Fact]
    public void Load_NamesThatFitNoMap_ListsSomeAndTheMapsTried()
    {
        using var stream = new MemoryStream();
        SafetensorsFile.Write(stream, [new NamedTensor("backbone.stem.weight", [1], new float[1])], [], WeightPrecision.Float32);

        var error = Assert.Throws<WeightFileException>(() => Checkpoint.Load(stream, "resnet.safetensors"));

        Assert.StartsWith("resnet.safetensors: ", error.Message);
        Assert.Contains("backbone.stem.weight", error.Message);
        Assert.All(NameMap.All, map => Assert.Contains(map.Name, error.Message));
    }

    [Fact]
    public void Load_ATensorMissing_NamesItAsTheFileWould()
    {
        using var stream = new MemoryStream();
        var tensors = GoldenTensors.Read(CheckpointFiles.At("paper.safetensors")).Values.Where(tensor => tensor.Name != "conv3_2.bias");
        SafetensorsFile.Write(stream, [.. tensors], [], WeightPrecision.Float32);

        var error = Assert.Throws<WeightFileException>(() => Checkpoint.Load(stream, "paper.safetensors"));
        var partial = Checkpoint.Load(stream, "paper.safetensors", new CheckpointOptions { Partial = true });

        Assert.Equal(("conv3_2.bias", "(16)", "no such tensor"), (error.Tensor, error.Expected, error.Actual));
        Assert.Equal(new ReportLine("conv3.2.bias", "zero"), Assert.Single(partial.Report.Reinitialised));
    }

    [Fact]
    public void Inspect_AFile_SaysWhatItHoldsAndWhatWouldBeLoaded()
    {
        var inspection = Checkpoint.Inspect(CheckpointFiles.At("torchvision-vgg-bn.pth"));

        Assert.Equal(CheckpointFormat.PyTorch, inspection.Format);
        Assert.Contains(
            inspection.Tensors, tensor => tensor is { Name: "features.1.num_batches_tracked", Type: ElementType.Int64, Shape: [] });
        Assert.Equal(NameMap.TorchvisionVgg16BatchNorm, inspection.Report!.Map);
        Assert.Null(inspection.Refusal);
    }

    private static float[] Flipped(float[] values, int area) =>
        [.. values.Chunk(area).Chunk(3).SelectMany(filter => filter.Reverse()).SelectMany(channel => channel)];

    private static ReadOnlyMemory<float> Logits(FcnNetwork network) =>
        NaiveFcn.Score(network, GoldenFill.Values("x", 3 * 45 * 70, 1), 45, 70).Values;

    private static void AssertClose(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual, double tolerance, string name)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var (e, a) = (expected.Span[i], actual.Span[i]);
            // Half precision loses relative precision below its smallest normal number, 6e-5.
            Assert.True(Math.Abs(e - a) <= tolerance * Math.Max(Math.Abs(e), 6e-5), $"{name}[{i}] is {a} instead of {e}");
        }
    }
}

using System.Text.Json;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;
using FcnSharp.Weights;

namespace FcnSharp.CliTests;

/// <summary>The tool as a user runs it: exit codes, output and files.</summary>
public sealed class ToolTests : IDisposable
{
    private const char Escape = '\u001b';

    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Info_SaysWhatItIs()
    {
        var (code, output, errors) = tool.Run("info");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("Street scenes FCN-4s", output);
        Assert.Contains("PyTorchLegacy", output);
        Assert.DoesNotContain(Escape, output);
    }

    [Fact]
    public void Inspect_AFile_ShowsTensorsMapAndPlan()
    {
        var (code, output, errors) = tool.Run("inspect", Tool.TestFile("torchvision-vgg.pth"), "--layout", "compact", "--tensors");

        Assert.Equal((0, ""), (code, errors));
        Assert.StartsWith("PyTorch file, names of torchvision VGG-16", output);
        Assert.Contains("classifier.6.weight F32  (10, 32)", output);
        Assert.Contains("names of torchvision VGG-16", output);
        Assert.Contains("re-initialised: fc8.weight (zero)", output);
        Assert.Contains("left out: classifier.0.weight", output);
    }

    [Fact]
    public void Inspect_AModel_TellsWhatItIsBeforeItsTensors()
    {
        var (code, output, errors) = tool.Run("inspect", Tool.SmallModel);

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("normalisation: (byte / 255 - mean) / deviation, mean 0.4", output);
        Assert.EndsWith("tensors; --tensors lists them", output.TrimEnd());
    }

    [Fact]
    public void InspectJson_AModel_HasWhatTheSummaryHas()
    {
        var (code, output, errors) = tool.Run("inspect", Tool.SmallModel, "--json");

        Assert.Equal((0, ""), (code, errors));
        var json = JsonDocument.Parse(output).RootElement;
        Assert.Equal(1, json.GetProperty("schema_version").GetInt32());
        Assert.Equal("Caffe", json.GetProperty("format").GetString());
        Assert.Equal(3, json.GetProperty("mean").GetArrayLength());
        Assert.True(json.GetProperty("is_complete").GetBoolean());
        Assert.True(json.GetProperty("tensors").GetArrayLength() > 10);
    }

    [Fact]
    public void InspectGraph_AFile_HasARowForEveryOperation()
    {
        var graph = Checkpoint.Load(Tool.SmallModel).Network.Options.ToGraph();

        var (code, output, errors) = tool.Run("inspect", Tool.SmallModel, "--graph");

        Assert.Equal((0, ""), (code, errors));
        var rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(row => row.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToList();
        Assert.Equal(graph.Nodes.Select(node => node.Name), rows.Select(row => row[0]));
        Assert.Equal("404", rows.Single(row => row[0] == "fc6.0")[^1]);
        Assert.Contains("transposed convolution 16x16, stride 8", output);
    }

    [Fact]
    public void InspectMermaid_AFile_IsAFlowchartAndNothingElse()
    {
        var graph = Checkpoint.Load(Tool.SmallModel).Network.Options.ToGraph();

        var (code, output, errors) = tool.Run("inspect", Tool.SmallModel, "--mermaid");

        Assert.Equal((0, ""), (code, errors));
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("flowchart TD", lines[0]);
        Assert.Equal(graph.Nodes.Length, lines.Count(line => line.Contains("[\"", StringComparison.Ordinal)));
        Assert.Equal(graph.Nodes.Sum(node => node.Inputs.Length), lines.Count(line => line.Contains("-> n", StringComparison.Ordinal)));
        Assert.Contains($"  n{graph.Nodes.Length - 2} --> n{graph.Nodes.Length - 1}", lines);
        Assert.Contains("  n0 -. size .-> ", output);
    }

    [Theory]
    [InlineData("--graph")]
    [InlineData("--mermaid")]
    public void InspectGraph_AFileThatFitsNoNetwork_SaysWhyInOneLine(string option)
    {
        var (code, output, errors) = tool.Run("inspect", Tool.TestFile("hostile.pth"), option);

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, $"error: {Tool.TestFile("hostile.pth")}: ");
    }

    [Theory]
    [InlineData("hostile.pth", "posix.system")]
    [InlineData("truncated.pth", "the file is truncated")]
    [InlineData("huge-header.safetensors", "announce a header")]
    public void Inspect_ABadFile_SaysWhyInOneLine(string file, string reason)
    {
        var (code, output, errors) = tool.Run("inspect", Tool.TestFile(file));

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, $"error: {Tool.TestFile(file)}: ");
        Assert.Contains(reason, errors);
        Assert.Empty(tool.FileNames());
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("convert", "out.onnx")]
    [InlineData("bench", "--model")]
    public void AnyCommand_ASafetensorsFileWithoutTensors_SaysSoInOneLine(params string[] arguments)
    {
        var file = tool.PutBytes("empty.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);

        var (code, output, errors) = tool.Run(arguments is ["convert", ..] ? ["convert", file, "out.onnx"] : [.. arguments, file]);

        Assert.Equal(2, code);
        OneLine.Assert(errors, $"error: {file}: ");
    }

    [Fact]
    public void Convert_ABackbone_IsRefusedUnlessPartIsAskedFor()
    {
        string[] arguments = ["convert", Tool.TestFile("torchvision-vgg.pth"), tool.At("out.safetensors")];

        var refused = tool.Run(arguments);
        var taken = tool.Run([.. arguments, "--partial"]);

        Assert.Equal((2, ""), (refused.Code, refused.Output));
        OneLine.Assert(refused.Errors, $"error: {arguments[1]}: holds only a part of the network: ");
        Assert.Contains("convert --partial", refused.Errors);
        Assert.Equal((0, ""), (taken.Code, taken.Errors));
        Assert.Contains("incomplete: a starting point for training", taken.Output);
    }

    [Fact]
    public void SegmentAndBench_ANetworkThatOverflows_SayTheFirstPixelInOneLine()
    {
        var network = Checkpoint.Load(Tool.SmallModel).Network;
        var loud = network.Tensors.Select(tensor => tensor.Name == "upscore_3b.weight"
            ? new NamedTensor(tensor.Name, tensor.Shape, Array.ConvertAll(tensor.Values.ToArray(), value => value < 0 ? -3e38f : 3e38f))
            : tensor);
        new FcnNetwork(network.Options, loud, network.Card).Save(tool.At("loud.safetensors"));
        var picture = tool.PutSmall("small.png");

        var segment = tool.Run("segment", picture, "-o", tool.At("out"), "--model", tool.At("loud.safetensors"));
        var bench = tool.Run("bench", "--model", tool.At("loud.safetensors"));

        Assert.Equal(1, segment.Code);
        OneLine.Assert(segment.Errors, $"error: {picture}: The score of class ");
        Assert.Equal((2, ""), (bench.Code, bench.Output));
        OneLine.Assert(bench.Errors, "error: The score of class ");
    }

    [Theory]
    [InlineData("compact-legacy.pth", "compact.safetensors")]
    [InlineData("paper.caffemodel", "paper.safetensors")]
    public void Convert_ToAModelFile_KeepsTheNumbers(string file, string same)
    {
        var (code, output, errors) = tool.Run("convert", Tool.TestFile(file), tool.At("out.safetensors"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("written: ", output);
        var (expected, actual) = (Checkpoint.Load(Tool.TestFile(same)).Network, FcnNetwork.Load(tool.At("out.safetensors")));
        Assert.All(expected.Tensors, tensor => Assert.Equal(tensor.Values.ToArray(), actual[tensor.Name].Values.ToArray()));
    }

    [Theory]
    [InlineData("--names", "caffe", "out.safetensors")]
    [InlineData("--precision", "bfloat16", "out.safetensors")]
    [InlineData("--labels", "true", "out.onnx")]
    public void Convert_ToOtherShapes_WritesAFile(string option, string value, string output)
    {
        var (code, _, errors) = tool.Run("convert", Tool.TestFile("paper.caffemodel"), tool.At(output), option, value);

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal([output], tool.FileNames());
    }

    [Fact]
    public void CheckData_AFolderWithAListOfClasses_KnowsThem()
    {
        Directory.CreateDirectory(tool.At("data", "images"));
        Directory.CreateDirectory(tool.At("data", "labels"));
        new RgbImage(new byte[3 * 40 * 30], 40, 30).Save(tool.At("data", "images", "a.png"));
        new LabelMap(Enumerable.Repeat((byte)2, 40 * 30).ToArray(), 40, 30).Save(tool.At("data", "labels", "a.png"), Palette.Voc);
        File.WriteAllLines(tool.At("data", "classes.txt"), ["meadow", "path"]);

        var (code, output, errors) = tool.Run("check-data", tool.At("data"));

        Assert.Equal((1, ""), (code, errors));
        Assert.Contains("meadow", output);
        Assert.DoesNotContain("class 20", output);
    }

    [Fact]
    public void CheckData_AndEvaluate_AFolder_GiveTheirVerdicts()
    {
        PutSample("a");

        var check = tool.Run("check-data", tool.At("data"), "--classes", "5");
        var evaluation = tool.Run("evaluate", tool.At("data"), "--model", Tool.TestFile("paper.caffemodel"), "--report",
            tool.At("report.html"));

        Assert.Contains(check.Code, new[] { 0, 1 });
        Assert.Equal("", check.Errors);
        Assert.NotEmpty(check.Output);
        Assert.Equal((0, ""), (evaluation.Code, evaluation.Errors));
        Assert.Contains("mean IoU", evaluation.Output);
        Assert.Contains("report.html", tool.FileNames());
    }

    [Fact]
    public void Evaluate_SkippingBrokenPictures_SaysWhatItSkips()
    {
        PutSample("a");
        PutSample("b");
        File.WriteAllText(tool.At("data", "images", "b.png"), "dear diary");

        var (code, output, errors) = tool.Run(
            "evaluate", tool.At("data"), "--model", Tool.TestFile("paper.caffemodel"), "--skip-broken");

        Assert.Equal(1, code);
        Assert.Contains("1 picture in", output);
        OneLine.Assert(errors, $"skipped: {tool.At("data", "images", "b.png")}: ");
    }

    [Fact]
    public void Evaluate_TwoSplitsWithOneReport_IsRefusedBeforeItIsMeasured()
    {
        foreach (var folder in new[] { "train", "trainannot", "val", "valannot" })
        {
            Directory.CreateDirectory(tool.At("camvid", folder));
            new LabelMap(new byte[40 * 30], 40, 30).Save(tool.At("camvid", folder, "a.png"), Palette.CamVid);
        }

        var (code, output, errors) = tool.Run("evaluate", tool.At("camvid"), "--split", "train", "val", "--report", tool.At("r.html"));

        Assert.Equal((2, ""), (code, output));
        OneLine.Assert(errors, "error: --report takes one split, but --split names 2.");
        Assert.DoesNotContain("r.html", tool.FileNames());
    }

    [Fact]
    public void Run_NothingAtAll_ShowsTheHelp()
    {
        var (code, output, errors) = tool.Run();

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(tool.Run("--help").Output, output);
    }

    [Theory]
    [InlineData("Did you mean segment?", "segmnt", "x.png")]
    [InlineData("Did you mean inspect?", "inpsect")]
    [InlineData("Did you mean --overlay?", "segment", "--overlai", "x.png")]
    [InlineData("Did you mean --threads?", "bench", "--thread", "2")]
    public void Run_ANameThatIsNearlyRight_SuggestsTheRightOne(string suggestion, params string[] arguments)
    {
        var (code, _, errors) = tool.Run(arguments);

        Assert.Equal(2, code);
        OneLine.Assert(errors, "error: ");
        Assert.Contains(suggestion, errors);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("")]
    [InlineData("inspect", "")]
    [InlineData("segment", "photo.png", "--model", "")]
    [InlineData("segment")]
    [InlineData("convert", "nowhere.pth", "out.onnx")]
    [InlineData("convert", "nowhere.pth", "out.txt")]
    [InlineData("inspect", "nowhere.pth", "--variant", "7")]
    [InlineData("inspect", "nowhere.pth", "--graph", "--mermaid")]
    [InlineData("evaluate", "nowhere")]
    [InlineData("check-data", ".")]
    public void Run_AWrongCommandLine_SaysSoInOneLine(params string[] arguments)
    {
        var (code, _, errors) = tool.Run(arguments);

        Assert.Equal(2, code);
        OneLine.Assert(errors, "error: ");
        Assert.Empty(tool.FileNames());
    }

    /// <summary>A black picture, and a mask of nothing but class 0.</summary>
    private void PutSample(string name)
    {
        Directory.CreateDirectory(tool.At("data", "images"));
        Directory.CreateDirectory(tool.At("data", "labels"));
        new RgbImage(new byte[3 * 40 * 30], 40, 30).Save(tool.At("data", "images", $"{name}.png"));
        new LabelMap(new byte[40 * 30], 40, 30).Save(tool.At("data", "labels", $"{name}.png"), Palette.Voc);
    }
}

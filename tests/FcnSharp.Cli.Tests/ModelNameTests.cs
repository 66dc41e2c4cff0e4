namespace FcnSharp.CliTests;

/// <summary>Published models by name, and ONNX files, on the command line.</summary>
public sealed class ModelNameTests : IDisposable
{
    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Pull_FromAMirrorWithAnotherFile_LeavesNothing()
    {
        using var server = new ScriptedServer((_, stream) => ScriptedServer.WriteAsync(
            stream, "200 OK", "Content-Length: 5\r\n", "wrong"u8.ToArray()));

        var (code, output, errors) = tool.Run("pull", "resnet18", "--from", server.Address.ToString(), "--cache", tool.At("cache"));

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("resnet18: the file from http://127.0.0.1:", errors);
        Assert.Contains("but f37072fd47e89c5e827621c5baffa7500819f7896bbacec160b1a16c560e07ec was published", errors);
        Assert.Empty(Directory.GetFiles(tool.At("cache")));
    }

    [Fact]
    public void Pull_AnUnknownName_PointsToTheList()
    {
        var (code, _, errors) = tool.Run("pull", "fcn_resnet5");

        Assert.Equal(2, code);
        Assert.Contains("\"fcn models\" lists their names", errors);
    }

    [Fact]
    public void Models_BeforeAndBehindAPull_SayWhatIsHere()
    {
        Assert.DoesNotContain("yes", tool.Run("models", "--cache", tool.At("cache")).Output);

        PutNarrowFcn();

        var (code, output, _) = tool.Run("models", "--cache", tool.At("cache"));
        Assert.Equal(0, code);
        Assert.Contains("yes", output.Split('\n').Single(line => line.Contains("fcn_resnet50 ", StringComparison.Ordinal)));
        Assert.Contains("BSD-3-Clause", output);
    }

    [Fact]
    public void Segment_WithAModelByName_UsesTheFetchedFile()
    {
        tool.PutSmall("street.png");
        PutNarrowFcn();

        Assert.Equal(0, tool.Run("segment", "street.png", "--labels", "--model", "fcn_resnet50", "--cache", tool.At("cache")).Code);
        Assert.Contains("dilated FCN", tool.Run("inspect", "fcn_resnet50", "--cache", tool.At("cache")).Output);
        Assert.True(File.Exists(tool.At("street-labels.png")));

        var (code, _, errors) = tool.Run("segment", "street.png", "--model", "fcn_resnet101", "--cache", tool.At("cache"));
        Assert.Equal(2, code);
        Assert.Contains("Run \"fcn pull fcn_resnet101\" first.", errors);
    }

    [Theory]
    [InlineData("imagenet")]
    [InlineData("0.5/0.25")]
    [InlineData("0.485,0.456,0.406/0.229,0.224,0.225")]
    public void Segment_WithAForeignOnnxFile_TakesAnyNormalisation(string normalization)
    {
        tool.PutSmall("street.png");

        var (code, _, errors) = tool.Run(
            "segment", "street.png", "--labels", "--model", Tool.TestFile("fcn-resnet50-narrow-dynamic-folded.onnx"),
            "--normalization", normalization);

        Assert.True(code == 0, errors);
    }

    [Fact]
    public void Segment_WithAForeignOnnxFileAlone_AsksForTheToolsOption()
    {
        tool.PutSmall("street.png");

        var (code, _, errors) = tool.Run(
            "segment", "street.png", "--model", Tool.TestFile("fcn-resnet50-narrow-dynamic-folded.onnx"));

        Assert.Equal(2, code);
        Assert.Contains("Give --normalization imagenet", errors);
        Assert.DoesNotContain("PredictorOptions", errors);
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("0.5/0")]
    [InlineData("0.5,0.5/1,1")]
    [InlineData("nan/1")]
    public void Segment_WithANormalisationThatIsNone_SaysWhatItTakes(string normalization)
    {
        var (code, _, errors) = tool.Run("segment", "street.png", "--normalization", normalization);

        Assert.Equal(2, code);
        Assert.Contains("--normalization takes imagenet, caffe, or a mean and a deviation", errors);
    }

    [Fact]
    public void Convert_ThereAndBack_GivesTheSameFile()
    {
        Assert.Equal(0, tool.Run("convert", Tool.SmallModel, "one.safetensors").Code);
        Assert.Equal(0, tool.Run("convert", "one.safetensors", "one.onnx").Code);
        Assert.Equal(0, tool.Run("convert", "one.onnx", "two.safetensors").Code);

        Assert.Equal(File.ReadAllBytes(tool.At("one.safetensors")), File.ReadAllBytes(tool.At("two.safetensors")));
    }

    private void PutNarrowFcn() => tool.PutBytes(
        Path.Combine("cache", "fcn_resnet50_coco-1167a1af.pth"), File.ReadAllBytes(Tool.TestFile("fcn-resnet50-narrow.pth")));
}

using System.Runtime.InteropServices;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.CliTests;

/// <summary>The tool as a user runs it: exit codes, what it prints and what it leaves behind.</summary>
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
        Assert.Contains("Street scenes FCN-8s", output);
        Assert.Contains("PyTorchLegacy", output);
        Assert.DoesNotContain(Escape, output);
    }

    [Fact]
    public void Segment_APicture_WritesThreePictures()
    {
        var (code, output, errors) = tool.Run("segment", Tool.Photo, "-o", tool.At("results"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Equal(["results/leuven-colors.png", "results/leuven-labels.png", "results/leuven-overlay.png"], tool.FileNames());
        Assert.Contains("751x563", output);
        Assert.Contains("Building", output);
        Assert.Equal(751, LabelMap.Load(tool.At("results", "leuven-labels.png")).Width);
    }

    [Fact]
    public void Segment_WithAModelOfAnotherTool_UsesIt()
    {
        var picture = tool.At("small.png");
        new RgbImage(new byte[3 * 40 * 30], 40, 30).Save(picture);

        var (code, output, errors) = tool.Run("segment", picture, "--model", Tool.TestFile("paper.caffemodel"));

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("40x30", output);
    }

    [Fact]
    public void Segment_GoodAndBadPictures_DoesTheGoodOnes()
    {
        File.WriteAllText(tool.At("bad.jpg"), "dear diary");

        var (code, output, errors) = tool.Run("segment", tool.At("bad.jpg"), Tool.Photo, "-o", tool.Folder);

        Assert.Equal(1, code);
        Assert.Contains("leuven.jpg", output);
        AssertOneLine(errors, $"error: {tool.At("bad.jpg")}: ");
        Assert.Contains("leuven-labels.png", tool.FileNames());
    }

    [Fact]
    public void Segment_TwoPicturesOfOneName_AreRefusedBeforeAnythingIsWritten()
    {
        File.Copy(Tool.Photo, tool.At("leuven.jpg"));

        var (code, _, errors) = tool.Run("segment", Tool.Photo, tool.At("leuven.jpg"), "-o", tool.At("results"));

        Assert.Equal(2, code);
        AssertOneLine(errors, "error: ");
        Assert.Equal(["leuven.jpg"], tool.FileNames());
    }

    [Fact]
    public void Inspect_AFile_ShowsTensorsMapAndPlan()
    {
        var (code, output, errors) = tool.Run("inspect", Tool.TestFile("torchvision-vgg.pth"), "--layout", "compact");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("classifier.6.weight F32  (10, 32)", output);
        Assert.Contains("names of torchvision VGG-16", output);
        Assert.Contains("re-initialised: fc8.weight (zero)", output);
        Assert.Contains("left out: classifier.0.weight", output);
    }

    [Theory]
    [InlineData("hostile.pth", "posix.system")]
    [InlineData("truncated.pth", "cut short")]
    [InlineData("huge-header.safetensors", "announce a header")]
    public void Inspect_ABadFile_SaysWhyInOneLine(string file, string reason)
    {
        var (code, output, errors) = tool.Run("inspect", Tool.TestFile(file));

        Assert.Equal((2, ""), (code, output));
        AssertOneLine(errors, $"error: {Tool.TestFile(file)}: ");
        Assert.Contains(reason, errors);
        Assert.Empty(tool.FileNames());
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
    public void CheckData_AndEvaluate_AFolder_GiveTheirVerdicts()
    {
        Directory.CreateDirectory(tool.At("data", "images"));
        Directory.CreateDirectory(tool.At("data", "labels"));
        new RgbImage(new byte[3 * 40 * 30], 40, 30).Save(tool.At("data", "images", "a.png"));
        new LabelMap(new byte[40 * 30], 40, 30).Save(tool.At("data", "labels", "a.png"), Palette.Voc);

        var check = tool.Run("check-data", tool.At("data"), "--classes", "5");
        var evaluation = tool.Run("evaluate", tool.At("data"), "--model", Tool.TestFile("paper.caffemodel"), "--report", tool.At("report.html"));

        Assert.Contains(check.Code, new[] { 0, 1 });
        Assert.Equal("", check.Errors);
        Assert.NotEmpty(check.Output);
        Assert.Equal((0, ""), (evaluation.Code, evaluation.Errors));
        Assert.Contains("mean IoU", evaluation.Output);
        Assert.Contains("report.html", tool.FileNames());
    }

    [Theory]
    [InlineData]
    [InlineData("bogus")]
    [InlineData("segment")]
    [InlineData("segment", "nowhere.jpg")]
    [InlineData("convert", "nowhere.pth", "out.onnx")]
    [InlineData("convert", "nowhere.pth", "out.txt")]
    [InlineData("inspect", "nowhere.pth", "--variant", "7")]
    [InlineData("evaluate", "nowhere")]
    [InlineData("check-data", ".")]
    public void Run_AWrongCommandLine_SaysSoInOneLine(params string[] arguments)
    {
        var (code, _, errors) = tool.Run(arguments);

        Assert.Equal(2, code);
        AssertOneLine(errors, "error: ");
        Assert.Empty(tool.FileNames());
    }

    [Fact]
    public async Task Segment_Interrupted_StopsSoon()
    {
        using var process = tool.Start(["segment", .. Enumerable.Range(0, 200).Select(i => Copy($"{i}.jpg"))]);
        while (!process.HasExited && tool.FileNames().All(name => !name.EndsWith("-labels.png", StringComparison.Ordinal)))
        {
            await Task.Delay(50);
        }

        Interrupt(process);
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.NotEqual(0, process.ExitCode);
        Assert.True(tool.FileNames().Length < 800);
    }

    private static void Interrupt(System.Diagnostics.Process process)
    {
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            Assert.Equal(0, Kill(process.Id, signal: 2));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private string Copy(string name)
    {
        File.Copy(Tool.Photo, tool.At(name));
        return tool.At(name);
    }

    private static void AssertOneLine(string errors, string start)
    {
        Assert.StartsWith(start, errors);
        Assert.Equal(1, errors.Count(letter => letter == '\n'));
        Assert.DoesNotContain("   at ", errors);
        Assert.DoesNotContain(Escape, errors);
    }
}

using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.RepositoryTests;

/// <summary>samples/TrainYourOwn as a user runs it: drawn scenes and the user's folders, stopped and resumed, and messages for invalid
/// input.</summary>
public sealed class TrainYourOwnTests : IDisposable
{
    private const int Side = 32;
    private static readonly string[] Names = ["night", "day"];

    private readonly SampleProgram program = new("TrainYourOwn");
    private readonly string folder = Directory.CreateTempSubdirectory("fcnsharp-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Run_AFolder_LeavesAModelAReportAndOverlays()
    {
        PutPictures(count: 10);
        File.WriteAllLines(At("data", "classes.txt"), ["night #000080", "day #ffff00"]);

        var (code, output, errors) = Train("--epochs", "12");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("8 for training, 2 for validation", output);
        Assert.Contains("epoch 12/12", output);
        Assert.Equal(12, Regex.Count(output, "^epoch .* mean IoU", RegexOptions.Multiline));
        Assert.Contains($"FcnPredictor.Load(@\"{At("out", "model.safetensors")}\")", output);
        Assert.Matches("(?s)<h2>Training</h2>.*<svg class=\"chart\".*</html>", File.ReadAllText(At("out", "report.html")));
        Assert.Equal(2, Directory.GetFiles(At("out", "overlays"), "*.png").Length);
        using var predictor = FcnPredictor.Load(At("out", "model.safetensors"));
        Assert.Equal([new ClassInfo("night", new RgbColor(0, 0, 128)), new ClassInfo("day", new RgbColor(255, 255, 0))], predictor.Classes);
    }

    [Fact]
    public void Run_AFinishedRunsModel_IsFineTunedInAnotherFolderOnly()
    {
        PutPictures(count: 5);
        Assert.Equal(0, Train("--epochs", "1").Code);

        var (code, output, errors) = Train("--fine-tune", At("out", "model.safetensors"), "--epochs", "1", "--out", At("finer"));
        var again = Train("--epochs", "1");

        Assert.Equal((0, ""), (code, errors));
        Assert.DoesNotContain("warning", output);
        Assert.True(File.Exists(At("finer", "model.safetensors")));
        AssertRefused(again, "contains a finished run");
    }

    [Fact]
    public void Run_MasksInColors_AreReadByTheClassList()
    {
        PutPictures(count: 5);
        File.WriteAllLines(At("data", "classes.txt"), ["night #000080", "ignore #ffffff", "day #ffff00"]);
        foreach (var mask in Directory.GetFiles(At("data", "labels")))
        {
            LabelMap.Load(mask).ToColors(new Palette([new(0, 0, 128), new(255, 255, 0)])).Save(mask);
        }

        var (code, output, errors) = Train("--color-masks", "--epochs", "1");

        Assert.Equal((0, ""), (code, errors));
        Assert.Contains("classes:  night, day\n", output);
    }

    [Fact]
    public void Run_ListsInTheFolder_AreTheTwoParts()
    {
        PutPictures(count: 6);
        File.WriteAllLines(At("data", "train.txt"), ["0", "2"]);
        File.WriteAllLines(At("data", "val.txt"), ["1", "3", "5"]);

        var (code, output, _) = Train("--epochs", "1");

        Assert.Equal(0, code);
        Assert.Contains("2 for training, 3 for validation", output);
        Assert.Contains("classes:  class 0, class 1\n", output);
    }

    [Fact]
    public async Task Run_Interrupted_GoesOnWithResumeAloneAndEndsWithTheSameModel()
    {
        PutPictures(count: 10);
        string[] epochs = ["--epochs", "150"];
        Assert.Equal(0, Train([.. epochs, "--out", At("straight")]).Code);

        var (stoppedCode, stoppedOutput) = await Interrupt(Arguments(epochs));
        var refused = Train(epochs);
        var other = Train("--epochs", "151", "--resume");
        var resumed = Train([.. epochs, "--resume"]);

        Assert.Equal(130, stoppedCode);
        Assert.Contains("Run the same command with --resume to continue.", stoppedOutput);
        AssertRefused(refused, "Add --resume to continue it");
        Assert.Equal(1, other.Code);
        AssertOneLine(other.Errors, "StepsPerStage");
        Assert.Equal((0, ""), (resumed.Code, resumed.Errors));
        Assert.DoesNotContain("epoch 1/150 ", resumed.Output);
        Assert.Equal(File.ReadAllBytes(At("straight", "model.safetensors")), File.ReadAllBytes(At("out", "model.safetensors")));
    }

    [Fact]
    public void Run_DrawnScenes_TrainsAndTrainsAnew()
    {
        string[] arguments = ["--epochs", "1", "--threads", "1", "--out", At("out")];

        var first = program.Run(arguments);
        var model = File.ReadAllBytes(At("out", "model.safetensors"));
        var second = program.Run(arguments);

        Assert.Equal((0, ""), (first.Code, first.Errors));
        Assert.Contains("classes:  sky, ground, house, tree, ball\n", first.Output);
        Assert.Equal((0, ""), (second.Code, second.Errors));
        Assert.Contains("epoch 1/1", second.Output);
        Assert.Equal(model, File.ReadAllBytes(At("out", "model.safetensors")));
    }

    [Theory]
    [InlineData("--epochs must be 1 to", "--epochs", "0")]
    [InlineData("--crop", "--crop", "wide")]
    [InlineData("--size takes one of tiny, small, standard, but got \"huge\".", "--size", "huge")]
    [InlineData("--colour", "--colour")]
    [InlineData(" and --fine-tune exclude each other", "--size", "tiny", "--fine-tune", "model.safetensors")]
    [InlineData("no run to resume", "--resume")]
    [InlineData("nowhere.safetensors", "--fine-tune", "nowhere.safetensors")]
    [InlineData("nowhere.txt", "--classes", "nowhere.txt")]
    [InlineData("there is no such folder", "--data", "nowhere")]
    [InlineData("classes.txt: does not exist", "--color-masks")]
    [InlineData("no device called \"abacus\"", "--device", "abacus")]
    public void Run_AWrongCommandLine_SaysSoInOneLine(string message, params string[] arguments)
    {
        PutPictures(count: 2);

        AssertRefused(Train(arguments), message);

        Assert.False(Directory.Exists(At("out", "run")));
    }

    [Fact]
    public void Run_BadPictures_SaysSoInOneLineEach()
    {
        PutPictures(count: 1);
        AssertRefused(Train(), "is the only picture");

        PutPictures(count: 5);
        File.WriteAllBytes(At("data", "classes.txt"), []);
        AssertRefused(Train(), "classes.txt: has 0 bytes, but a list of classes has 1 to 1048576");

        File.WriteAllBytes(At("data", "classes.txt"), new byte[(1 << 20) + 1]);
        AssertRefused(Train(), "classes.txt: has 1048577 bytes");

        File.WriteAllLines(At("data", "classes.txt"), ["a\u0007b"]);
        AssertRefused(Train(), "classes.txt: The name of class 0 is blank or has control characters");

        File.WriteAllLines(At("data", "classes.txt"), ["night", "night"]);
        AssertRefused(Train(), "classes.txt: Classes 0 and 1 are both called \"night\"");

        File.WriteAllLines(At("data", "classes.txt"), Names);
        File.Delete(At("data", "labels", "3.png"));
        AssertRefused(Train(), "there is no such mask");

        File.WriteAllText(At("data", "labels", "3.png"), "dear diary");
        AssertRefused(Train(), "3.png: cannot be read");

        Directory.Delete(At("data", "labels"), recursive: true);
        AssertRefused(Train(), "there is no such folder");
    }

    [Fact]
    public void Run_MasksOf0And255WithoutClassList_SaysWhatToDo()
    {
        PutPictures(count: 5, dayId: 255);

        AssertRefused(Train(), "If 255 is a class in the masks, store it as 1");
    }

    [Fact]
    public void Program_ItsCommand_IsTheOneThatCiRuns() =>
        Assert.Contains(
            "step dotnet run -c Release --project samples/TrainYourOwn\n",
            File.ReadAllText(Repository.At(".ci", "run")).ReplaceLineEndings("\n"));

    private string[] Arguments(string[] more) =>
        ["--data", At("data"), "--out", At("out"), "--size", "tiny", "--crop", "32", "--batch", "4", "--threads", "1", .. more];

    /// <summary>Trains with options that take seconds, followed by the given ones.</summary>
    private (int Code, string Output, string Errors) Train(params string[] more)
    {
        // An option may be given once only.
        var usual = Arguments([]).Chunk(2).Where(pair => !more.Contains(pair[0]) && !(pair[0] == "--size" && more.Contains("--fine-tune")));
        return program.Run([.. usual.SelectMany(pair => pair), .. more]);
    }

    /// <summary>Presses Ctrl+C after the second epoch.</summary>
    private async Task<(int Code, string Output)> Interrupt(string[] arguments)
    {
        using var process = program.Start(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = "";
        while (!output.Contains("epoch 2/") && await process.StandardOutput.ReadLineAsync() is { } line)
        {
            output += line + "\n";
        }

        Assert.Equal(0, Kill(process.Id, signal: 2));
        output += await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal("", await errors);
        return (process.ExitCode, output);
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    private static void AssertRefused((int Code, string Output, string Errors) result, string message)
    {
        Assert.Equal(2, result.Code);
        AssertOneLine(result.Errors, message);
    }

    private static void AssertOneLine(string errors, string message)
    {
        Assert.StartsWith("error: ", errors);
        Assert.Contains(message, errors);
        Assert.Equal(1, errors.Count(letter => letter == '\n'));
        Assert.DoesNotContain("   at ", errors);
    }

    /// <summary>Pictures that are dark on the left and bright on the right, with a border that moves from one to the next.</summary>
    private void PutPictures(int count, byte dayId = 1)
    {
        Directory.CreateDirectory(At("data", "images"));
        Directory.CreateDirectory(At("data", "labels"));
        for (var number = 0; number < count; number++)
        {
            var border = 8 + number;
            var labels = Enumerable.Range(0, Side * Side).Select(i => i % Side < border ? (byte)0 : dayId).ToArray();
            var grays = labels.Select((id, i) => (byte)((id == 0 ? 40 : 200) + (i * 7 % 30))).ToArray();
            RgbImage.FromGray(grays, Side, Side).Save(At("data", "images", $"{number}.png"));
            new LabelMap(labels, Side, Side).Save(At("data", "labels", $"{number}.png"), Palette.Voc);
        }
    }

    private string At(params string[] parts) => Path.Combine([folder, .. parts]);
}

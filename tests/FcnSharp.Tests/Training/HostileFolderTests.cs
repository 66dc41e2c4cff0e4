using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;
using FcnSharp.Training.Checkpoints;

namespace FcnSharp.Torch.Tests.Training;

/// <summary>Folders with other contents under the names of a run's files. Runs alone, like every test that trains.</summary>
[Collection(Alone.Name)]
public sealed class HostileFolderTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("lock")]
    [InlineData("training.csv")]
    [InlineData("validation.csv")]
    [InlineData("events.out.tfevents.0.fcnsharp")]
    [InlineData("best.safetensors")]
    [InlineData("best-fcn32s.safetensors")]
    [InlineData("checkpoint-000000005.safetensors")]
    public void Run_AFolderInThePlaceOfAFile_IsNamed(string name)
    {
        Directory.CreateDirectory(folder[name]);

        Refused(name, "is a folder, but the run needs a file of that name");
    }

    [Fact]
    public void Run_AFileInThePlaceOfAFolder_IsNamed()
    {
        File.WriteAllText(folder["samples"], "");
        File.WriteAllText(folder["run"], "");

        Refused("samples", "is a file, but the run needs a folder of that name");
        var error = Assert.Throws<TrainingException>(() => Train(folder["run"]));
        Assert.StartsWith($"{folder["run"]}: is a file, but the run needs a folder of that name", error.Message);
    }

    [Fact]
    public void Run_ALinkToNothingNamedLikeACheckpoint_IsNamed()
    {
        File.CreateSymbolicLink(folder["checkpoint-000000005.safetensors"], "gone");

        Refused("checkpoint-000000005.safetensors", "is a link whose target does not exist");
    }

    [Theory]
    [InlineData("training.csv", "step,loss\n1,2\n")]
    [InlineData("training.csv", "notes of mine")]
    [InlineData("validation.csv", "\u0000\u0000\u0000\n")]
    [InlineData("events.out.tfevents.0.fcnsharp", "these are no records at all")]
    public void Run_AFileOfSomethingElse_IsNamedAndLeftAsItIs(string name, string text)
    {
        File.WriteAllText(folder[name], text);

        Refused(name, "is not the");
        Assert.Equal(text, File.ReadAllText(folder[name]));
        File.Delete(folder[name]);
        Train(folder.Path);
    }

    [Fact]
    public void Run_ADeviceInThePlaceOfALog_IsNamed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.CreateSymbolicLink(folder["training.csv"], "/dev/zero");

        Assert.Throws<TrainingException>(() => Train(folder.Path));
    }

    [Theory]
    [InlineData("{", "{}", "[]", "its options cannot be read")]
    [InlineData("{}", "no state", "[]", "its state cannot be read")]
    [InlineData("{}", "null", "[]", "its state cannot be read")]
    [InlineData("{}", "{\"Step\":1}", "[]", "its state cannot be read")]
    [InlineData("{}", "{\"Step\":-1,\"History\":[]}", "[]", "it is at step -1, but this run has 1")]
    [InlineData("{}", "{\"Step\":9,\"History\":[]}", "[]", "it is at step 9, but this run has 1")]
    [InlineData("{}", "{\"Step\":0,\"History\":[]}", "7", "its class_pixels cannot be read")]
    public void Run_ACheckpointThatNoRunHasWritten_IsRefused(string options, string state, string counts, string reason)
    {
        var texts = new Dictionary<string, string> { ["options"] = options, ["state"] = state, ["class_pixels"] = counts };
        new CheckpointFile(texts, []).Write(folder["checkpoint-000000001.safetensors"]);

        var error = Assert.Throws<TrainingException>(() => Train(folder.Path));

        Assert.StartsWith($"{folder.Path}: the newest checkpoint was not written by a training run: {reason}", error.Message);
    }

    private void Refused(string name, string reason)
    {
        var error = Assert.Throws<TrainingException>(() => Train(folder.Path));
        Assert.StartsWith($"{folder[name]}: {reason}", error.Message);
        Assert.Contains("another folder", error.Message);
        Assert.True(error.Message.Length <= 400);
    }

    private static void Train(string path) =>
        FcnTrainer.Run(new PaintedStreets(4), SmallRuns.Everything with { Folder = path, Steps = 1 }, new PaintedStreets(2));
}

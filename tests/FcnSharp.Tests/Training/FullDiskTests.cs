using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;

namespace FcnSharp.Torch.Tests.Training;

public sealed class FullDiskTests
{
    private const int Steps = 6;

    /// <summary>After its third step, the process may not write files of a checkpoint's size, as on a full
    /// disk.</summary>
    [Fact]
    public void Run_CheckpointDoesNotFit_KeepsTheOneBeforeAndSaysSo()
    {
        using var whole = new TempFolder();
        using var full = new TempFolder();
        TorchApp.Ask("train", whole.Path, $"{Steps}");

        var message = TorchApp.Ask("train-on-a-full-disk", full.Path, $"{Steps}")[0];

        Assert.Contains("checkpoint-000000003.safetensors: could not be written.", message, StringComparison.Ordinal);
        Assert.Contains("earlier checkpoints are complete. Free disk space", message, StringComparison.Ordinal);
        Assert.Equal(["checkpoint-000000001.safetensors", "checkpoint-000000002.safetensors"], RunFiles.Checkpoints(full));
        Assert.Empty(Directory.EnumerateFiles(full.Path, "*.tmp"));
        TorchApp.Ask("train", full.Path, $"{Steps}");
        RunFiles.AssertSame(whole, full);
    }
}

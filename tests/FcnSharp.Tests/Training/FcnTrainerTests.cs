using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training;

public sealed class FcnTrainerTests
{
    [Fact]
    public void Run_InAFolder_LeavesModelLogsAndSamples()
    {
        using var folder = new TempFolder();

        var result = FcnTrainer.Run(
            new PaintedStreets(10), SmallRuns.Everything with { Folder = folder.Path }, new PaintedStreets(3), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(12, result.Steps);
        Assert.Equal(
            ["best.safetensors", "checkpoint-000000012.safetensors", "events.out.tfevents.0.fcnsharp", "lock", "training.csv", "validation.csv"], folder.FileNames());
    }
}

using System.Globalization;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;
using TorchSharp;

namespace FcnSharp.Torch.Tests.Training;

public sealed class TrainingMemoryTests
{
    [Fact]
    public void Run_FiveHundredSteps_KeepsAsManyTensorsAlive()
    {
        var counts = new List<long>();
        var before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        var told = new Told(_ => counts.Add(DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount));

        FcnTrainer.Run(new PaintedStreets(10), SmallRuns.Everything with { Steps = 500, Accumulation = 1 }, progress: told,
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(500, counts.Count);
        Assert.Equal(counts[10], counts[^1]);
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Run_FiveHundredSteps_TakesNoMoreMemoryThanAHundred()
    {
        var megabytes = TorchApp.Ask("train-and-measure", "500").Take(2).Select(line => int.Parse(line, CultureInfo.InvariantCulture))
            .ToList();

        Assert.InRange(megabytes[1], 1, megabytes[0] + 40);
    }
}

using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;
using FcnSharp.Training;

namespace FcnSharp.Torch.Tests.Training;

/// <summary>Runs alone, because libtorch's random number generator is process-wide.</summary>
[Collection(Alone.Name)]
public sealed class ResumeTests
{
    private static readonly TrainingOptions Staged = SmallRuns.Everything with
    {
        Staged = true,
        StageRateFactor = 0.5,
        Steps = 4,
        Optimizer = new OptimizerOptions { LearningRate = 1e-2 },
    };

    [Fact]
    public void Run_CancelledAndResumedAgainAndAgain_EndsWithTheBytesOfAnUninterruptedRun() =>
        AssertResumesExactly(SmallRuns.Everything, [1, 4, 5, 7, 11]);

    [Fact]
    public void Run_CancelledAndResumedInEveryStage_EndsWithTheBytesOfAnUninterruptedRun() =>
        AssertResumesExactly(Staged, [1, 4, 5, 8, 10]);

    [Fact]
    public void Run_CancelledDuringAnEvaluation_EvaluatesWhenResumed()
    {
        using var whole = new TempFolder();
        using var interrupted = new TempFolder();
        Train(SmallRuns.Everything, whole, stopAfter: null);

        using var stopping = new CancellationTokenSource();
        var validation = new PaintedStreets(3) { Loading = stopping.Cancel };
        Assert.ThrowsAny<OperationCanceledException>(() => FcnTrainer.Run(
            new PaintedStreets(10), SmallRuns.Everything with { Folder = interrupted.Path }, validation,
            cancellationToken: stopping.Token));
        Train(SmallRuns.Everything, interrupted, stopAfter: null);

        RunFiles.AssertSame(whole, interrupted);
    }

    [Fact]
    public void Run_OfAFinishedRun_GivesItsResultAgain()
    {
        using var folder = new TempFolder();
        var first = Train(SmallRuns.Everything, folder, stopAfter: null)!;
        var told = new Told();

        var again = FcnTrainer.Run(new PaintedStreets(10), SmallRuns.Everything with { Folder = folder.Path }, new PaintedStreets(3), told);

        Assert.Equal(first.Scores, again.Scores);
        Assert.Equal(first.History, again.History);
        Assert.Equal(Bytes(first.Network), Bytes(again.Network));
        Assert.Equal(TimeSpan.Zero, again.TrainingTime);
    }

    [Fact]
    public void Run_NewestCheckpointDamaged_GoesOnFromTheOneBefore()
    {
        using var whole = new TempFolder();
        using var damaged = new TempFolder();
        var options = SmallRuns.Everything with { CheckpointInterval = TimeSpan.Zero };
        Train(options, whole, stopAfter: null);
        Train(options, damaged, stopAfter: 6);
        var newest = damaged[RunFiles.Checkpoints(damaged)[^1]];
        var bytes = File.ReadAllBytes(newest);
        bytes[^100] ^= 1;
        File.WriteAllBytes(newest, bytes);
        var told = new Told();

        FcnTrainer.Run(new PaintedStreets(10), options with { Folder = damaged.Path }, new PaintedStreets(3), told,
            TestContext.Current.CancellationToken);

        Assert.Contains("checkpoint-000000006.safetensors: is damaged", Assert.Single(told.Warnings), StringComparison.Ordinal);
        Assert.Equal(6, told.All.First(progress => progress.Warning is null).Step);
        RunFiles.AssertSame(whole, damaged);
    }

    [Fact]
    public void Run_EveryCheckpointDamaged_SaysSo()
    {
        using var folder = new TempFolder();
        Train(SmallRuns.Everything, folder, stopAfter: 6);
        File.WriteAllText(folder["checkpoint-000000006.safetensors"], "");

        var error = Assert.Throws<TrainingException>(() => Train(SmallRuns.Everything, folder, stopAfter: null));

        Assert.Contains("all 1 checkpoints are damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderOfARunWithOtherOptions_NamesThem()
    {
        using var folder = new TempFolder();
        Train(SmallRuns.Everything, folder, stopAfter: 1);
        var other = SmallRuns.Everything with { Seed = 7, Optimizer = SmallRuns.Everything.Optimizer with { LearningRate = 0.5 } };

        var error = Assert.Throws<TrainingException>(() => Train(other, folder, stopAfter: null));

        Assert.Contains("Seed: 1 there, 7 here", error.Message, StringComparison.Ordinal);
        Assert.Contains("Optimizer.LearningRate: 0.001 there, 0.5 here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OptionsThatDoNotChangeWhatIsLearned_GoOn()
    {
        using var folder = new TempFolder();
        Train(SmallRuns.Everything, folder, stopAfter: 1);
        var other = SmallRuns.Everything with
        {
            CheckpointsKept = 3,
            SamplePredictions = 0,
            Loading = new LoadingOptions { Workers = 3, CacheBytes = 0 },
        };

        var result = Train(other, folder, stopAfter: null);

        Assert.Equal(12, result!.Steps);
    }

    [Fact]
    public void Run_FolderInUse_SaysSo()
    {
        using var folder = new TempFolder();
        TrainingException? error = null;
        var options = SmallRuns.Everything with { Folder = folder.Path, Steps = 1 };

        FcnTrainer.Run(new PaintedStreets(10), options,
            progress: new Told(_ => error ??= Assert.Throws<TrainingException>(() => FcnTrainer.Run(new PaintedStreets(10), options))));

        Assert.Contains("no other process uses it", error!.Message, StringComparison.Ordinal);
    }

    private static void AssertResumesExactly(TrainingOptions options, int[] stops)
    {
        using var whole = new TempFolder();
        using var interrupted = new TempFolder();
        Train(options, whole, stopAfter: null);

        foreach (var stop in stops)
        {
            Assert.Null(Train(options, interrupted, stop));
        }

        Train(options, interrupted, stopAfter: null);
        RunFiles.AssertSame(whole, interrupted);
    }

    /// <returns>The result; null if the run was stopped.</returns>
    private static TrainingResult? Train(TrainingOptions options, TempFolder folder, int? stopAfter)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var told = new Told(progress =>
        {
            if (progress.Step == stopAfter)
            {
                stopping.Cancel();
            }
        });
        try
        {
            return FcnTrainer.Run(new PaintedStreets(10), options with { Folder = folder.Path }, new PaintedStreets(3),
                told, stopping.Token);
        }
        catch (OperationCanceledException) when (stopAfter is not null)
        {
            return null;
        }
    }

    private static byte[] Bytes(FcnNetwork network)
    {
        using var stream = new MemoryStream();
        network.Save(stream);
        return stream.ToArray();
    }
}

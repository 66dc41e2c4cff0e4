using System.Diagnostics;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;
using FcnSharp.Torch.Tests.Training.Support;

namespace FcnSharp.Torch.Tests.Training;

/// <summary>A process that trains, with a checkpoint after every step, is killed.</summary>
public sealed class KilledRunTests
{
    private const int Steps = 100;
    private const int Kills = 10;

    [Fact]
    public void Run_KilledTenTimes_EndsWithTheBytesOfAnUninterruptedRun()
    {
        using var whole = new TempFolder();
        using var killed = new TempFolder();
        var random = new Random(Seed: 20);
        Train(whole);

        for (var kill = 0; kill < Kills; kill++)
        {
            KillAfter(killed, random.Next(1, 4), TimeSpan.FromMilliseconds(random.Next(30)));
        }

        Train(killed);
        RunFiles.AssertSame(whole, killed);
    }

    [Fact]
    public void Run_KilledWhileItWritesCheckpoints_EndsWithTheBytesOfAnUninterruptedRun()
    {
        using var whole = new TempFolder();
        using var killed = new TempFolder();
        Train(whole);

        var cutOff = 0;
        for (var kill = 0; kill < 20 && cutOff < 3; kill++)
        {
            KillDuringAWrite(killed);
            cutOff += HalfWritten(killed).Any() ? 1 : 0;
        }

        Assert.Equal(3, cutOff);
        Train(killed);
        Assert.Empty(HalfWritten(killed));
        RunFiles.AssertSame(whole, killed);
    }

    private static void Train(TempFolder folder) => TorchApp.Ask("train", folder.Path, $"{Steps}");

    private static IEnumerable<string> HalfWritten(TempFolder folder) => Directory.EnumerateFiles(folder.Path, "checkpoint-*.tmp");

    /// <summary>Kills a process some time after it has done a number of steps.</summary>
    private static void KillAfter(TempFolder folder, int steps, TimeSpan later)
    {
        using var process = TorchApp.Start("train", folder.Path, $"{Steps}");
        for (var step = 0; step < steps; step++)
        {
            Assert.StartsWith("step", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        }

        Thread.Sleep(later);
        Kill(process);
    }

    private static void KillDuringAWrite(TempFolder folder)
    {
        using var process = TorchApp.Start("train", folder.Path, $"{Steps}");
        Assert.StartsWith("step", process.StandardOutput.ReadLine(), StringComparison.Ordinal);
        while (!process.HasExited && !HalfWritten(folder).Any())
        {
        }

        Kill(process);
    }

    private static void Kill(Process process)
    {
        Assert.False(process.HasExited, "The run ended before it was killed.");
        process.Kill();
        process.WaitForExit();
    }
}

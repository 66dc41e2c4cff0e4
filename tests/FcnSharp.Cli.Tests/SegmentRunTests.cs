using System.Diagnostics;
using FcnSharp.Imaging;

namespace FcnSharp.CliTests;

/// <summary><c>fcn segment</c> on many pictures: shards, records of finished pictures, and interrupted runs.</summary>
public sealed class SegmentRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Tool tool = new();

    public void Dispose() => tool.Dispose();

    [Fact]
    public void Shards_Together_GiveWhatOneRunGives()
    {
        PutPhotos(12);
        tool.PutSmall("photos/deeper/p1.png", seed: 99);
        Segment("whole");

        var parts = new[] { "1/3", "2/3", "3/3" }.Select(part =>
        {
            var before = tool.Contents("parts").Count;
            Segment("parts", "--shard", part);
            return tool.Contents("parts").Count - before;
        }).ToList();

        Assert.Equal(13, parts.Sum());
        Assert.All(parts, count => Assert.InRange(count, 1, 12));
        Assert.Equal(tool.Contents("whole"), tool.Contents("parts"));
    }

    [Fact]
    public void Shards_OfASlurmArrayAndAnIndexedJob_AreTheSameAsByHand()
    {
        PutPhotos(6);
        Segment("by-hand", "--shard", "2/3");

        SetVariables(("SLURM_ARRAY_TASK_ID", "6"), ("SLURM_ARRAY_TASK_MIN", "5"), ("SLURM_ARRAY_TASK_MAX", "7"),
            ("SLURM_ARRAY_TASK_COUNT", "3"));
        Segment("slurm", "--shard", "auto");
        SetVariables(("SLURM_ARRAY_TASK_ID", null), ("JOB_COMPLETION_INDEX", "1"));
        Segment("kubernetes", "--shard", "auto/3");
        Segment("not-asked");

        Assert.InRange(tool.Contents("by-hand").Count, 1, 5);
        Assert.Equal(tool.Contents("by-hand"), tool.Contents("slurm"));
        Assert.Equal(tool.Contents("by-hand"), tool.Contents("kubernetes"));
        Assert.Equal(6, tool.Contents("not-asked").Count);
    }

    [Theory]
    [InlineData("3", "takes I/N")]
    [InlineData("0/3", "takes I/N")]
    [InlineData("4/3", "takes I/N")]
    [InlineData("1/x", "takes I/N")]
    [InlineData("auto", "neither")]
    [InlineData("auto", "gaps", "SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_MAX=7", "SLURM_ARRAY_TASK_COUNT=3")]
    [InlineData("auto/4", "3 tasks", "SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_MIN=1", "SLURM_ARRAY_TASK_MAX=3",
        "SLURM_ARRAY_TASK_COUNT=3")]
    [InlineData("auto", "but not their number", "JOB_COMPLETION_INDEX=1")]
    [InlineData("auto/1", "takes I/N", "JOB_COMPLETION_INDEX=1")]
    [InlineData("auto/4", "both", "JOB_COMPLETION_INDEX=1", "SLURM_ARRAY_TASK_ID=1")]
    public void Shards_ThatMakeNoSense_AreRefused(string shard, string reason, params string[] variables)
    {
        PutPhotos(1);
        SetVariables([.. variables.Select(variable => variable.Split('=')).Select(pair => (pair[0], (string?)pair[1]))]);

        var (code, _, errors) = tool.Run("segment", "photos", "-o", "out", "--shard", shard);

        Assert.Equal(2, code);
        OneLine.Assert(errors, "error: ");
        Assert.Contains(reason, errors);
    }

    [Fact]
    public void Resume_AfterAWholeRun_DoesOnlyWhatHasChanged()
    {
        PutPhotos(5);
        Segment("out");
        var untouched = File.GetLastWriteTimeUtc(tool.At("out", "p3-labels.png"));
        tool.PutSmall("photos/p0.png", seed: 50);
        File.SetLastWriteTimeUtc(tool.At("photos", "p1.png"), DateTime.UtcNow.AddHours(1));
        File.Delete(tool.At("out", "p2-labels.png"));
        tool.PutSmall("photos/new.png", seed: 51);

        var resumed = Segment("out", "--resume");
        var idle = Segment("out", "--resume");
        Segment("fresh");

        Assert.Contains("4 pictures in ", resumed);
        Assert.Contains("2 done before", resumed);
        Assert.Contains("6 done before", idle);
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(tool.At("out", "p3-labels.png")));
        Assert.Equal(tool.Contents("fresh"), tool.Contents("out"));
    }

    [Fact]
    public void Resume_WithOtherOptionsOrAnotherModel_DoesItAgain()
    {
        PutPhotos(2);
        File.Copy(Tool.SmallModel, tool.At("model.caffemodel"));
        string[] fixedPart = ["segment", "photos", "-o", "out", "--resume", "--overlay"];

        var first = tool.Run([.. fixedPart, "--model", "model.caffemodel"]).Output;
        var same = tool.Run([.. fixedPart, "--model", Tool.SmallModel]).Output;
        var otherOption = tool.Run([.. fixedPart, "--model", Tool.SmallModel, "--opacity", "0.7"]).Output;
        var otherModel = tool.Run([.. fixedPart]).Output;
        var backAgain = tool.Run([.. fixedPart, "--model", Tool.SmallModel]).Output;

        Assert.Contains("2 pictures in ", first);
        Assert.Contains("0 pictures in ", same);
        Assert.Contains("2 pictures in ", otherOption);
        Assert.Contains("2 pictures in ", otherModel);
        Assert.Contains("2 pictures in ", backAgain);
    }

    [Fact]
    public async Task Resume_AfterAKill_GivesWhatOneRunGives()
    {
        PutPhotos(30, big: true);
        using var process = await StartAndWaitForResults("out", count: 6);
        Signals.Send(process, Signals.Kill);
        await process.WaitForExitAsync().WaitAsync(Patience);
        var left = tool.Contents("out").Count;
        CutLastLineOfTheRecord();

        var resumed = Segment("out", "--resume");
        Segment("whole");

        Assert.InRange(left, 1, 29);
        Assert.Contains("done before", resumed);
        Assert.Equal(tool.Contents("whole"), tool.Contents("out"));
    }

    [Fact]
    public async Task Resume_TwoShardsAtOnceInOneFolder_LoseNothing()
    {
        PutPhotos(10);
        Segment("whole");

        await Task.WhenAll(new[] { "1/2", "2/2" }.Select(part => Task.Run(() => Segment("out", "--resume", "--shard", part))));
        var resumed = Segment("out", "--resume");

        Assert.Contains("10 done before", resumed);
        Assert.Equal(tool.Contents("whole"), tool.Contents("out"));
    }

    [Theory]
    [InlineData(Signals.Interrupt, 130)]
    [InlineData(Signals.Terminate, 143)]
    public async Task Interrupted_TheRun_StopsWithoutPartialFiles(int signal, int expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals to send.");
        PutPhotos(60, big: true);
        using var process = await StartAndWaitForResults("out", count: 3);

        Signals.Send(process, signal);
        await process.WaitForExitAsync().WaitAsync(Patience);

        Assert.Equal(expected, process.ExitCode);
        Assert.Matches(
            "^[0-9]+ of 60 pictures are done. Run the same command with --resume to go on from there.\nerror: interrupted.\n$",
            await process.StandardError.ReadToEndAsync());
        Assert.InRange(tool.Contents("out").Count, 1, 59);
        Assert.All(tool.Contents("out").Keys, name => Assert.Equal(751, LabelMap.Load(tool.At("out", name)).Width));
        Assert.Empty(Directory.GetFiles(tool.At("out", ".fcn", "parts")));
    }

    private void PutPhotos(int count, bool big = false)
    {
        for (var i = 0; i < count; i++)
        {
            _ = big ? tool.PutPhoto($"photos/p{i}.jpg") : tool.PutSmall($"photos/p{i}.png", seed: i);
        }
    }

    private void SetVariables(params (string Name, string? Value)[] variables)
    {
        foreach (var (name, value) in variables)
        {
            tool.Environment[name] = value;
        }
    }

    /// <summary>Segments the photos successfully and returns the output.</summary>
    private string Segment(string output, params string[] options)
    {
        var (code, printed, errors) = tool.Run(["segment", "photos", "-o", output, "--labels", "--model", Tool.SmallModel, .. options]);
        Assert.True(code == 0, errors);
        return printed;
    }

    /// <summary>Starts to segment the photos and returns when a number of results exist.</summary>
    private async Task<Process> StartAndWaitForResults(string output, int count)
    {
        var process = tool.Start("segment", "photos", "-o", output, "--labels", "--model", Tool.SmallModel);
        var clock = Stopwatch.StartNew();
        while (!process.HasExited && Results(output) < count && clock.Elapsed < Patience)
        {
            await Task.Delay(20);
        }

        return process;
    }

    private int Results(string output) => Directory.Exists(tool.At(output)) ? Directory.GetFiles(tool.At(output)).Length : 0;

    /// <summary>As if the process had been killed while it wrote the line.</summary>
    private void CutLastLineOfTheRecord()
    {
        foreach (var record in Directory.GetFiles(tool.At("out", ".fcn"), "done-*"))
        {
            using var stream = File.OpenWrite(record);
            stream.SetLength(stream.Length - 30);
        }
    }
}

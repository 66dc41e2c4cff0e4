using FcnSharp.Cli.Terminal;
using FcnSharp.Prediction;
using Spectre.Console;

namespace FcnSharp.Cli.Batch;

/// <summary>A run over many pictures, with its console output: progress, failures, a table and a summary line.</summary>
internal sealed class BatchJob
{
    public required string? Output { get; init; }

    public required Shard Shard { get; init; }

    public required Results Results { get; init; }

    public required BatchPlan Plan { get; init; }

    /// <summary>Computes the fingerprint of everything that results depend on except the pictures; reads the model file.</summary>
    public required Func<UInt128> Settings { get; init; }

    public required bool Resume { get; init; }

    public int Run(FcnPredictor predictor, CancellationToken cancellationToken)
    {
        using var record = OpenRecord();
        var run = new BatchRun { Plan = Plan, Results = Results, Settings = record is null ? default : Settings(), Record = record };
        var pace = new Pace();
        try
        {
            ProgressBar.Run("segmenting", report => Segment(run, predictor, report, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            Consoles.Error.WriteLine(Left(run.Tally));
            throw;
        }

        PrintRows(run.Tally);
        Consoles.Out.WriteLine(Summary(run.Tally, pace.Elapsed));
        TellWhatIsLeftOut();
        return run.Tally.Failed == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private void TellWhatIsLeftOut()
    {
        var leftOut = Plan.LeftOut.ToLookup(item => PictureFiles.IsVideo(item.Ending), item => item);
        if (leftOut[false].ToList() is [var picture, ..] pictures)
        {
            Consoles.Out.WriteLine(
                $"left out, since fcn does not read them: {Counts(pictures)}. " +
                $"Convert them first, for example with ImageMagick: magick photo{picture.Ending} photo.jpg");
        }

        if (leftOut[true].ToList() is [var video, ..] videos)
        {
            Consoles.Out.WriteLine(
                $"left out, since videos are segmented one at a time: {Counts(videos)}. Give each by itself: " +
                $"fcn segment clip{video.Ending}");
        }

        static string Counts(IEnumerable<(string Ending, int Count)> items) =>
            string.Join(", ", items.Select(item => $"{item.Count} {item.Ending}"));
    }

    private string Left(BatchTally tally) =>
        $"{tally.Done + tally.Skipped} of {Plan.Jobs.Count} pictures are done. " +
        (Output is null
            ? "With -o DIR, a run can be gone on with by --resume."
            : "Run the same command with --resume to go on from there.");

    /// <summary>Pictures of earlier runs are subtracted from the total, so that they do not distort the speed.</summary>
    private BatchTally Segment(BatchRun run, FcnPredictor predictor, Action<int, int, string> report, CancellationToken cancellationToken)
    {
        run.Run(predictor, tally => report(tally.Done + tally.Failed, Plan.Jobs.Count - tally.Skipped, ""), cancellationToken).GetAwaiter()
            .GetResult();
        return run.Tally;
    }

    private RunRecord? OpenRecord()
    {
        if (Output is null)
        {
            return null;
        }

        var record = new RunRecord(Output);
        record.RemoveOldParts();
        if (Resume)
        {
            record.Load(Shard.Has);
        }

        return record;
    }

    private void PrintRows(BatchTally tally)
    {
        if (tally.Done is 0 or > BatchTally.RowLimit)
        {
            return;
        }

        var table = Consoles.Table("picture", "size", "ms", "classes", "results");
        foreach (var row in tally.Rows)
        {
            table.AddTexts(Path.GetFileName(row.Job.Picture), row.Size, $"{row.Milliseconds:F0}", row.Classes, Results.Describe(row.Job));
        }

        Consoles.Out.Write(table);
    }

    private string Summary(BatchTally tally, TimeSpan elapsed)
    {
        var parts = new List<string> { $"{tally.Done} {(tally.Done == 1 ? "picture" : "pictures")} in {Pace.Duration(elapsed)}" };
        if (tally.Done > 1)
        {
            parts[0] += $", {Pace.Rate(tally.Done / elapsed.TotalSeconds)}";
        }

        if (tally.Skipped > 0)
        {
            parts.Add($"{tally.Skipped} done before");
        }

        if (tally.Failed > 0)
        {
            parts.Add($"{tally.Failed} failed");
        }

        if (Shard.Count > 1)
        {
            parts.Add($"part {Shard.Index + 1} of {Shard.Count}");
        }

        return string.Join("; ", parts);
    }
}

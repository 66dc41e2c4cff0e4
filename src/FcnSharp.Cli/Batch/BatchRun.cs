using System.Runtime.ExceptionServices;
using FcnSharp.Cli.Terminal;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>Segments the pictures of a plan: while the network segments one, the next are decoded and the results of the previous ones are
/// written.</summary>
internal sealed class BatchRun
{
    /// <summary>Number of pictures whose results are written at the same time.</summary>
    private const int WritersLimit = 2;

    /// <summary>The number of consecutive pictures with write errors after which the run ends, since the cause, such as a full disk, is
    /// permanent.</summary>
    private const int WriteFailuresLimit = 5;

    private readonly Queue<Task<Outcome>> writing = new();
    private int writeFailures;

    public required BatchPlan Plan { get; init; }

    public required Results Results { get; init; }

    /// <summary>The fingerprint of everything that results depend on except the pictures.</summary>
    public required UInt128 Settings { get; init; }

    /// <summary>The record of finished pictures; null for none.</summary>
    public required RunRecord? Record { get; init; }

    public BatchTally Tally { get; } = new();

    /// <param name="predictor">The predictor.</param>
    /// <param name="report">Called after every picture.</param>
    /// <param name="cancellationToken">Ends the run after the pictures whose results are being written.</param>
    public async Task Run(FcnPredictor predictor, Action<BatchTally> report, CancellationToken cancellationToken)
    {
        try
        {
            var sources = Open(cancellationToken).Select(item => PictureSource.FromPath(item.Job.Picture, tag: item));
            await foreach (var result in predictor.SegmentManyAsync(sources, cancellationToken))
            {
                var outcome = OutcomeOf(result);
                writing.Enqueue(
                    outcome.Failure is null ? Task.Run(() => Write(outcome), CancellationToken.None) : Task.FromResult(outcome));
                while (writing.Count > WritersLimit || (writing.TryPeek(out var first) && first.IsCompleted))
                {
                    await FinishOne(report);
                }

                if (Volatile.Read(ref writeFailures) >= WriteFailuresLimit)
                {
                    Consoles.WriteError($"the results of {WriteFailuresLimit} pictures in a row cannot be written, so the run ends. " +
                        "Free disk space or repair the folder, and continue with --resume.");
                    break;
                }
            }
        }
        finally
        {
            while (writing.Count > 0)
            {
                await FinishOne(report);
            }
        }
    }

    /// <summary>Counts and reports errors of a picture; any other exception ends the program.</summary>
    private static Outcome OutcomeOf(PictureResult result)
    {
        var item = (BatchItem)result.Source.Tag!;
        if (result.Exception is { } exception && !Consoles.IsUsersFault(exception))
        {
            ExceptionDispatchInfo.Throw(exception);
        }

        return new Outcome(
            item, result.Segmentation, result.Exception is { } fault ? Consoles.Reason(item.Job.Picture, fault) : null);
    }

    /// <summary>The unfinished pictures.</summary>
    private IEnumerable<BatchItem> Open(CancellationToken cancellationToken)
    {
        foreach (var job in Plan.Jobs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var item = new BatchItem(job, Fingerprint.OfPath(job.Name), Fingerprint.OfPicture(job.Picture, Settings));
            if (Record?.Has(item.Name, item.Version) == true && Results.PathsOf(job).All(File.Exists))
            {
                Tally.Skip();
            }
            else
            {
                yield return item;
            }
        }
    }

    private Outcome Write(Outcome outcome)
    {
        try
        {
            var place = new PlacedFile(Record?.PartsFolder);
            foreach (var kind in Results.Kinds)
            {
                place.Write(Results.PathOf(outcome.Item.Job, kind), stream => kind.Write(outcome.Segmentation!, stream));
            }

            writeFailures = 0;
            return outcome;
        }
        catch (Exception exception) when (Consoles.IsUsersFault(exception))
        {
            Interlocked.Increment(ref writeFailures);
            return outcome with { Failure = Consoles.Reason(outcome.Item.Job.Picture, exception) };
        }
    }

    private async Task FinishOne(Action<BatchTally> report)
    {
        var outcome = await writing.Dequeue();
        if (outcome.Failure is { } failure)
        {
            Tally.Fail();
            Consoles.WriteError(failure);
        }
        else
        {
            Record?.Add(outcome.Item.Name, outcome.Item.Version);
            Tally.Succeed(outcome.Item.Job, outcome.Segmentation!);
        }

        report(Tally);
    }
}

/// <summary>A picture of a run.</summary>
/// <param name="Job">The picture and the name of its results.</param>
/// <param name="Name">The fingerprint of its name.</param>
/// <param name="Version">The fingerprint of the picture as it was before it was read, and of the options of the segmentation.</param>
internal sealed record BatchItem(PictureJob Job, UInt128 Name, UInt128 Version);

/// <summary>The result of a picture.</summary>
/// <param name="Item">The picture.</param>
/// <param name="Segmentation">The segmentation; null if it failed.</param>
/// <param name="Failure">The error; null for none.</param>
internal sealed record Outcome(BatchItem Item, Segmentation? Segmentation, string? Failure);

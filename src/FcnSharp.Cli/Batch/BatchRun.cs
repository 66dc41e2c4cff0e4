using System.Runtime.ExceptionServices;
using FcnSharp.Cli.Terminal;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary>Segments the pictures of a plan: while the network works on one, the next are decoded and the last ones' results are
/// written.</summary>
internal sealed class BatchRun
{
    /// <summary>Pictures whose results are written at the same time.</summary>
    private const int WritersLimit = 2;

    /// <summary>So many pictures in a row without a place for their results mean a full disk or the like, which no further picture would
    /// mend.</summary>
    private const int WriteFailuresLimit = 5;

    private readonly Queue<Task<Outcome>> writing = new();
    private int writeFailures;

    public required BatchPlan Plan { get; init; }

    public required Results Results { get; init; }

    /// <summary>The fingerprint of all that results depend on but the pictures.</summary>
    public required UInt128 Settings { get; init; }

    /// <summary>What is done; null where no record is kept.</summary>
    public required RunRecord? Record { get; init; }

    public BatchTally Tally { get; } = new();

    /// <param name="predictor">What segments.</param>
    /// <param name="report">Told after every picture.</param>
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
                    Consoles.WriteError($"the results of {WriteFailuresLimit} pictures in a row cannot be written, so the rest is left. " +
                        "Make room or mend the folder, and go on with --resume.");
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

    /// <summary>A picture at fault is counted and told of; a fault of the program ends it.</summary>
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

    /// <summary>The pictures that are not done.</summary>
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

/// <summary>A picture on its way through a run.</summary>
/// <param name="Job">Which picture.</param>
/// <param name="Name">The fingerprint of its name.</param>
/// <param name="Version">The fingerprint of the picture as it was before it was read, and of how it is segmented.</param>
internal sealed record BatchItem(PictureJob Job, UInt128 Name, UInt128 Version);

/// <summary>What became of a picture.</summary>
/// <param name="Item">Which picture.</param>
/// <param name="Segmentation">Its classes; null if it failed.</param>
/// <param name="Failure">Why it failed; null if it did not.</param>
internal sealed record Outcome(BatchItem Item, Segmentation? Segmentation, string? Failure);

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using FcnSharp.Cli.Terminal;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Batch;

/// <summary><see cref="FcnPredictor.SegmentMany"/> that goes on after a picture that cannot be segmented.</summary>
internal sealed class SegmentingLine(FcnPredictor predictor)
{
    /// <summary>Handed to the predictor and not answered yet, in the order of the answers to come.</summary>
    private readonly ConcurrentQueue<BatchItem> open = new();

    /// <summary>Segments one picture after the other, decoding ahead. Ends with an exception only if looking up the pictures fails, or when
    /// cancelled.</summary>
    public async IAsyncEnumerable<Outcome> Run(IEnumerable<BatchItem> items, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var rest = items.GetEnumerator();
        var goOn = true;
        while (goOn)
        {
            // A bad picture ends the sequence: those that were decoded behind it go into the next one.
            goOn = false;
            Queue<BatchItem> again = new(open);
            open.Clear();
            await using var answers = predictor.SegmentMany(Feed(again, rest).ToAsyncEnumerable(), cancellationToken)
                .GetAsyncEnumerator(cancellationToken);
            while (!goOn && await Next(answers) is { } outcome)
            {
                goOn = outcome.Failure is not null;
                yield return outcome;
            }
        }
    }

    private async Task<Outcome?> Next(IAsyncEnumerator<Segmentation> answers)
    {
        try
        {
            return await answers.MoveNextAsync() && open.TryDequeue(out var item)
                ? new Outcome(item, answers.Current, Failure: null)
                : null;
        }
        catch (Exception exception) when (Consoles.IsUsersFault(exception) && !open.IsEmpty)
        {
            open.TryDequeue(out var item);
            return new Outcome(item!, Segmentation: null, Consoles.Reason(item!.Job.Picture, exception));
        }
    }

    private IEnumerable<string> Feed(Queue<BatchItem> again, IEnumerator<BatchItem> rest)
    {
        while (again.TryDequeue(out var item) || TryTake(rest, out item))
        {
            open.Enqueue(item);
            yield return item.Job.Picture;
        }
    }

    private static bool TryTake(IEnumerator<BatchItem> rest, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out BatchItem item)
    {
        var more = rest.MoveNext();
        item = more ? rest.Current : null;
        return more;
    }
}

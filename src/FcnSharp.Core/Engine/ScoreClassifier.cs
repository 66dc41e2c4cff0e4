using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine;

/// <summary>Converts class scores to labels: bilinear resizing, arg-max and softmax, row by row, so that full-size scores never
/// exist. Thread-safe.</summary>
public static class ScoreClassifier
{
    /// <summary>Finds the class with the highest score at every pixel; the lowest id among equals.</summary>
    /// <param name="scores">Raw scores (logits), at any size.</param>
    /// <param name="request">The size of the result, to which scores are resized bilinearly, and its contents besides labels.</param>
    /// <param name="cancellationToken">Cancels the computation between two rows.</param>
    /// <exception cref="ScoreOverflowException">Scores are infinite or NaN.</exception>
    public static Classification Classify(
        ScoreMap scores, ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(request);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = PhysicalCores.Count, CancellationToken = cancellationToken };
        return Classify([new ScoreView(scores, Mirrored: false)], request, parallel);
    }

    /// <summary>
    /// Finds the classes of one picture from several views of it: by the mean of their softmax probabilities, after the scores of each view
    /// are resized to the result's size.
    /// </summary>
    internal static Classification Classify(IReadOnlyList<ScoreView> views, ClassificationRequest request, ParallelOptions parallel)
    {
        var (width, height, classes) = (request.Width, request.Height, views[0].Scores.NumClasses);
        var answer = new AnswerBuffers(request, classes);
        ViewResizer[] resizers = [.. views.Select(view => new ViewResizer(view, width, height))];
        var widest = views.Max(view => view.Scores.Width);
        var overflows = false;

        Parallel.For(
            0,
            height,
            parallel,
            () => new RowScratch(classes, width, widest, resizers.Length),
            (y, _, scratch) =>
            {
                var row = scratch.Row;
                var isFinite = resizers.Length == 1
                    ? ResizedIsFinite(resizers[0], y, row, scratch)
                    : AverageProbabilities(resizers, y, answer.ScoreFactor, scratch);
                if (!isFinite)
                {
                    Volatile.Write(ref overflows, true);
                    return scratch;
                }

                row.ArgMax(answer.LabelRow(y));
                if (resizers.Length == 1 && answer.NeedsSoftmax)
                {
                    row.Softmax(answer.ScoreFactor);
                }

                if (request.Confidence)
                {
                    row.WriteConfidence(answer.ConfidenceRow(y));
                }

                for (var classId = 0; request.Probabilities && classId < classes; classId++)
                {
                    row.Class(classId).CopyTo(answer.ProbabilityRow(classId, y));
                }

                return scratch;
            },
            _ => { });

        return overflows ? throw FirstOverflow(resizers, new RowScratch(classes, width, widest, 1), height) : answer.ToClassification();
    }

    /// <summary>Fills the scratch row with the mean probabilities; false if the scores of a view are infinite or NaN.</summary>
    private static bool AverageProbabilities(ViewResizer[] views, int y, float scoreFactor, RowScratch scratch)
    {
        scratch.Row.Clear();
        foreach (var view in views)
        {
            if (!ResizedIsFinite(view, y, scratch.View, scratch))
            {
                return false;
            }

            scratch.View.Softmax(scoreFactor);
            scratch.Row.Add(scratch.View, 1f / views.Length);
        }

        return true;
    }

    private static bool ResizedIsFinite(ViewResizer view, int y, ScoreRow row, RowScratch scratch)
    {
        view.Resize(y, row, scratch.Source);
        return row.IsFinite;
    }

    private static ScoreOverflowException FirstOverflow(ViewResizer[] views, RowScratch scratch, int height) =>
        (from y in Enumerable.Range(0, height)
         from view in views
         where !ResizedIsFinite(view, y, scratch.Row, scratch)
         select scratch.Row.FindOverflow(y, height)!).First();

    /// <summary>Scratch memory of one thread: a row of the result, a resized row of a view, and a row of a view at its own size.</summary>
    private sealed class RowScratch(int classes, int width, int sourceWidth, int views)
    {
        public ScoreRow Row { get; } = new(classes, width);

        public ScoreRow View { get; } = new(classes, views > 1 ? width : 0);

        public float[] Source { get; } = new float[sourceWidth];
    }
}

/// <summary>The scores of one view of a picture: scaled, and possibly mirrored.</summary>
/// <param name="Scores">Raw scores (logits) at the view's own size.</param>
/// <param name="Mirrored">Whether left and right are swapped.</param>
internal readonly record struct ScoreView(ScoreMap Scores, bool Mirrored);

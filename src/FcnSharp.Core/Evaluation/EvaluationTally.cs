using System.Collections.Immutable;
using System.Diagnostics;
using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Evaluation;

/// <summary>Accumulates the results of an evaluation's pictures, from any thread and in any order.</summary>
internal sealed class EvaluationTally(ISegmentationDataset dataset, EvaluationOptions options, IProgress<EvaluationProgress>? progress)
{
    private readonly Lock gate = new();
    private readonly ConfusionMatrix total = new(dataset.Classes.Count);
    private readonly ExampleKeeper examples = new(options.Examples);
    private readonly ExampleCandidate?[] candidates = new ExampleCandidate?[dataset.Count];
    private readonly EvaluatedPicture?[] pictures = new EvaluatedPicture?[dataset.Count];
    private readonly SkippedPicture?[] skipped = new SkippedPicture?[dataset.Count];
    private readonly ConfidenceCounts confidences = new();
    private bool hasConfidences;
    private int done;

    public void Skip(int index, string reason)
    {
        skipped[index] = new SkippedPicture(dataset.NameOf(index), reason);
        Count(new ConfusionMatrix(total.NumClasses), null);
    }

    public void Add(int index, SegmentationSample sample, Segmentation found)
    {
        var prediction = found.Labels;
        var matrix = new ConfusionMatrix(total.NumClasses);
        matrix.Add(sample.Labels, prediction, dataset.IgnoreId);
        var metrics = matrix.ToMetrics();
        var score = new EvaluatedPicture(sample.Name, metrics.MeanIoU, metrics.PixelAccuracy);
        pictures[index] = score;
        if (options.Examples > 0 && score.MeanIoU is { } meanIoU)
        {
            candidates[index] = ExampleCandidate.Of(index, meanIoU, sample.Picture);
            examples.Offer(index, meanIoU, () => ExampleOf(score, sample, prediction));
        }

        Count(matrix, CountsOf(sample, found));
    }

    /// <summary>The indices of the pictures to show: the worst, worst first, and the best, best first.</summary>
    public (IReadOnlyList<int> Worst, IReadOnlyList<int> Best) ChooseExamples() =>
        ExampleChoice.Of(candidates.OfType<ExampleCandidate>(), options.Examples);

    /// <summary>Makes an example. A picture that was not kept is segmented again.</summary>
    public EvaluationExample MakeExample(int index, FcnPredictor predictor, CancellationToken cancellationToken)
    {
        if (examples.Find(index) is { } kept)
        {
            return kept;
        }

        var sample = dataset.Load(index);
        return ExampleOf(pictures[index]!, sample, predictor.Segment(sample.Picture, cancellationToken).Labels);
    }

    public EvaluationResult ToResult(
        FcnPredictor predictor, ImmutableArray<EvaluationExample> worst, ImmutableArray<EvaluationExample> best, Stopwatch clock) => new()
        {
            Dataset = dataset.Name,
            Model = predictor.Card.Name,
            EngineDescription = predictor.EngineDescription,
            Classes = dataset.Classes,
            IgnoreId = dataset.IgnoreId,
            Matrix = total,
            Metrics = total.ToMetrics(),
            Calibration = hasConfidences ? new Calibration(confidences) : null,
            Pictures = [.. pictures.OfType<EvaluatedPicture>()],
            Skipped = [.. skipped.OfType<SkippedPicture>()],
            Worst = worst,
            Best = best,
            Finished = DateTimeOffset.UtcNow,
            Elapsed = clock.Elapsed,
        };

    private EvaluationExample ExampleOf(EvaluatedPicture score, SegmentationSample sample, LabelMap prediction) =>
        EvaluationExample.Scaled(score, sample.Picture, sample.Labels, prediction, options.ExampleSize);

    /// <summary>The confidence counts of one picture; null if the predictor computes no confidence.</summary>
    private ConfidenceCounts? CountsOf(SegmentationSample sample, Segmentation found)
    {
        if (found.Confidence is not { } confidence)
        {
            return null;
        }

        var counts = new ConfidenceCounts();
        counts.Add(sample.Labels, found.Labels, confidence, dataset.IgnoreId);
        return counts;
    }

    private void Count(ConfusionMatrix matrix, ConfidenceCounts? counts)
    {
        lock (gate)
        {
            total.Merge(matrix);
            if (counts is not null)
            {
                confidences.Merge(counts);
                hasConfidences = true;
            }

            done++;
            progress?.Report(new EvaluationProgress(done, dataset.Count, total.ToMetrics().MeanIoU));
        }
    }
}

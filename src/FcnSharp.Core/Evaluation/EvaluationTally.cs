using FcnSharp.Data;
using FcnSharp.Prediction;

namespace FcnSharp.Evaluation;

/// <summary>Accumulates the results of an evaluation's pictures, from any thread and in any order.</summary>
internal sealed class EvaluationTally(ISegmentationDataset dataset, EvaluationOptions options, IProgress<EvaluationProgress>? progress)
{
    private readonly Lock gate = new();
    private readonly ConfusionMatrix total = new(dataset.Classes.Count);
    private readonly ExampleKeeper examples = new(options.Examples);
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
        if (score.MeanIoU is { } meanIoU)
        {
            examples.Offer(
                index, meanIoU, () => EvaluationExample.Scaled(score, sample.Picture, sample.Labels, prediction, options.ExampleSize));
        }

        Count(matrix, CountsOf(sample, found));
    }

    public EvaluationResult ToResult(FcnPredictor predictor, TimeSpan elapsed)
    {
        var (worst, best) = examples.Take();
        return new EvaluationResult
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
            Elapsed = elapsed,
        };
    }

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

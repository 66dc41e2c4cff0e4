using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Prediction;

namespace FcnSharp.Evaluation;

/// <summary>Adds up an evaluation as its pictures come in, from any thread and in any order.</summary>
internal sealed class EvaluationTally(ISegmentationDataset dataset, EvaluationOptions options, IProgress<EvaluationProgress>? progress)
{
    private readonly Lock gate = new();
    private readonly ConfusionMatrix total = new(dataset.Classes.Count);
    private readonly ExampleKeeper examples = new(options.Examples);
    private readonly EvaluatedPicture?[] pictures = new EvaluatedPicture?[dataset.Count];
    private readonly SkippedPicture?[] skipped = new SkippedPicture?[dataset.Count];
    private int done;

    public void Skip(int index, string reason)
    {
        skipped[index] = new SkippedPicture(dataset.NameOf(index), reason);
        Count(new ConfusionMatrix(total.ClassCount));
    }

    public void Add(int index, SegmentationSample sample, LabelMap prediction)
    {
        var matrix = new ConfusionMatrix(total.ClassCount);
        matrix.Add(sample.Labels, prediction, dataset.IgnoreId);
        var metrics = matrix.ToMetrics();
        var score = new EvaluatedPicture(sample.Name, metrics.MeanIoU, metrics.PixelAccuracy);
        pictures[index] = score;
        if (score.MeanIoU is { } meanIoU)
        {
            examples.Offer(
                index, meanIoU, () => EvaluationExample.Scaled(score, sample.Picture, sample.Labels, prediction, options.ExampleSize));
        }

        Count(matrix);
    }

    public EvaluationResult ToResult(FcnPredictor predictor, TimeSpan elapsed)
    {
        var (worst, best) = examples.Take();
        return new EvaluationResult
        {
            Dataset = dataset.Name,
            Model = predictor.Card.Name,
            Engine = predictor.Engine,
            Classes = dataset.Classes,
            IgnoreId = dataset.IgnoreId,
            Matrix = total,
            Metrics = total.ToMetrics(),
            Pictures = [.. pictures.OfType<EvaluatedPicture>()],
            Skipped = [.. skipped.OfType<SkippedPicture>()],
            Worst = worst,
            Best = best,
            Finished = DateTimeOffset.UtcNow,
            Elapsed = elapsed,
        };
    }

    private void Count(ConfusionMatrix matrix)
    {
        lock (gate)
        {
            total.Merge(matrix);
            done++;
            progress?.Report(new EvaluationProgress(done, dataset.Count, total.ToMetrics().MeanIoU));
        }
    }
}

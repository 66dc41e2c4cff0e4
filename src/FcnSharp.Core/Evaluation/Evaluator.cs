using System.Collections.Immutable;
using System.Diagnostics;
using FcnSharp.Data;
using FcnSharp.Prediction;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Evaluates predictors on data sets. Thread-safe.</summary>
public static class Evaluator
{
    /// <summary>Segments every picture and compares it with its true classes.</summary>
    /// <param name="predictor">A predictor with the same classes as the data set, in the same order.</param>
    /// <param name="dataset">Pictures with their true classes.</param>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="progress">Receives the progress after every picture, from any thread; null for none.</param>
    /// <param name="cancellationToken">Cancels the evaluation between two of its steps.</param>
    /// <returns>The scores, which do not depend on the number of threads.</returns>
    /// <exception cref="ArgumentException">Predictor and data set differ in their number of classes, or a picture is too large for the
    /// engine.</exception>
    /// <exception cref="DatasetException">A picture or its labels have a fault, and the options do not skip such pictures.</exception>
    /// <exception cref="OperationCanceledException">The evaluation was cancelled.</exception>
    public static EvaluationResult Run(
        FcnPredictor predictor,
        ISegmentationDataset dataset,
        EvaluationOptions? options = null,
        IProgress<EvaluationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(dataset);
        CheckClasses(predictor, dataset);
        options ??= new EvaluationOptions();
        var clock = Stopwatch.StartNew();
        var tally = new EvaluationTally(dataset, options, progress);
        ParallelWork.Run(
            dataset.Count,
            options.PicturesAtOnce,
            index => Evaluate(predictor, dataset, index, options.SkipBroken, tally, cancellationToken),
            cancellationToken);
        var (worst, best) = tally.ChooseExamples();
        return tally.ToResult(predictor, Examples(worst), Examples(best), clock);

        ImmutableArray<EvaluationExample> Examples(IReadOnlyList<int> indices)
        {
            var examples = new EvaluationExample[indices.Count];
            ParallelWork.Run(
                indices.Count,
                options.PicturesAtOnce,
                i => examples[i] = tally.MakeExample(indices[i], predictor, cancellationToken),
                cancellationToken);
            return [.. examples];
        }
    }

    /// <exception cref="ArgumentException">Predictor and data set differ in their number of classes.</exception>
    internal static void CheckClasses(FcnPredictor predictor, ISegmentationDataset dataset)
    {
        if (predictor.Classes.Count != dataset.Classes.Count)
        {
            throw new ArgumentException(
                Guard.Text($"The predictor has {predictor.Classes.Count} classes, but \"{dataset.Name}\" has {dataset.Classes.Count}. " +
                    $"Open the data set with the network's classes."),
                nameof(dataset));
        }

        if (predictor.Options.MinConfidence > 0)
        {
            throw new ArgumentException(
                $"An evaluation needs a class for every pixel. Omit {nameof(PredictorOptions.MinConfidence)}.", nameof(predictor));
        }
    }

    private static void Evaluate(
        FcnPredictor predictor, ISegmentationDataset dataset, int index, bool skipBroken, EvaluationTally tally,
        CancellationToken cancellationToken)
    {
        SegmentationSample sample;
        try
        {
            sample = dataset.Load(index);
        }
        catch (DatasetException exception) when (skipBroken)
        {
            tally.Skip(index, exception.Message);
            return;
        }

        tally.Add(index, sample, predictor.Segment(sample.Picture, cancellationToken));
    }
}

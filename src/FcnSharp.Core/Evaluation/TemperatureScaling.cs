using FcnSharp.Data;
using FcnSharp.Networks;
using FcnSharp.Prediction;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Fits the temperature that calibrates a network's confidence. Thread-safe.</summary>
public static class TemperatureScaling
{
    /// <summary>One of this many counted pixels is sampled, since neighbouring pixels are strongly correlated. A prime, so that the samples
    /// are not aligned in columns.</summary>
    private const int PixelStride = 61;

    /// <summary>Smaller probabilities are clamped to this value, since the logarithm of 0 is infinite.</summary>
    private const float SmallestProbability = 1e-30f;

    /// <summary>Each step narrows the search range to 62 %: the final range is 0.005 % wide.</summary>
    private const int SearchSteps = 24;

    /// <summary>
    /// The temperature with the smallest mean negative log-likelihood of the true classes (Guo, Pleiss, Sun and Weinberger, 2017,
    /// section 4.2), for <see cref="ModelCard.Temperature"/>. Use pictures that the network was not trained on.
    /// </summary>
    /// <param name="predictor">A predictor with <see cref="PredictorOptions.Probabilities"/> and without test-time augmentation: the mean
    /// of several views has no single temperature.</param>
    /// <param name="dataset">Pictures with their true classes.</param>
    /// <param name="cancellationToken">Cancels the computation between two pictures.</param>
    /// <exception cref="ArgumentException">The predictor computes no probabilities or those of several views, its number of classes differs
    /// from that of the data set, or all pixels are ignored.</exception>
    /// <exception cref="DatasetException">A picture or its labels have a fault.</exception>
    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    public static double Fit(FcnPredictor predictor, ISegmentationDataset dataset, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        ArgumentNullException.ThrowIfNull(dataset);
        Evaluator.CheckClasses(predictor, dataset);
        if (predictor.Options is not { Probabilities: true, TestTimeAugmentation: null })
        {
            throw new ArgumentException(
                $"A temperature is fitted to probabilities of single views. Set {nameof(PredictorOptions.Probabilities)}, and omit " +
                $"{nameof(PredictorOptions.TestTimeAugmentation)}.",
                nameof(predictor));
        }

        var samples = new SampledPixel[dataset.Count][];
        ParallelWork.Run(
            dataset.Count,
            atOnce: null,
            index =>
            {
                var sample = dataset.Load(index);
                var segmentation = predictor.Segment(sample.Picture, cancellationToken);
                samples[index] = [.. Sampled(sample, segmentation, dataset.IgnoreId)];
            },
            cancellationToken);
        SampledPixel[] pixels = [.. samples.SelectMany(picture => picture)];
        return pixels.Length > 0
            ? (predictor.Card.Temperature ?? 1) * Smallest(factor => MeanLoss(pixels, factor))
            : throw new ArgumentException($"\"{FileText.Shown(dataset.Name)}\" has too few labelled pixels.", nameof(dataset));
    }

    private static IEnumerable<SampledPixel> Sampled(SegmentationSample sample, Segmentation segmentation, int ignoreId)
    {
        var (width, counted) = (sample.Labels.Width, 0);
        for (var i = 0; i < sample.Labels.Labels.Length; i++)
        {
            var truth = sample.Labels.Labels.Span[i];
            if (truth != ignoreId && counted++ % PixelStride == 0)
            {
                var (y, x) = Math.DivRem(i, width);
                yield return new SampledPixel(
                    truth,
                    [.. segmentation.ProbabilitiesAt(x, y)
                        .Select(probability => MathF.Log(MathF.Max(probability, SmallestProbability)))]);
            }
        }
    }

    /// <summary>The mean of -log p_true, where p is the softmax of the logarithms divided by the temperature.</summary>
    private static double MeanLoss(SampledPixel[] pixels, double temperature)
    {
        var factor = (float)(1 / temperature);
        return pixels.AsParallel().AsOrdered().Select(pixel => Loss(pixel, factor)).Sum() / pixels.Length;
    }

    private static double Loss(SampledPixel pixel, float factor)
    {
        var (largest, sum) = (pixel.Logarithms.Max(), 0.0);
        foreach (var logarithm in pixel.Logarithms)
        {
            sum += MathF.Exp((logarithm - largest) * factor);
        }

        return Math.Log(sum) - ((pixel.Logarithms[pixel.Truth] - largest) * factor);
    }

    /// <summary>The minimum of a unimodal function between 0.1 and 10, by golden-section search on a logarithmic scale.</summary>
    private static double Smallest(Func<double, double> function)
    {
        const double Golden = 0.6180339887498949;
        var (low, high) = (Math.Log(0.1), Math.Log(10));
        var (left, right) = (high - (Golden * (high - low)), low + (Golden * (high - low)));
        var (atLeft, atRight) = (function(Math.Exp(left)), function(Math.Exp(right)));
        for (var step = 0; step < SearchSteps; step++)
        {
            if (atLeft < atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (Golden * (high - low));
                atLeft = function(Math.Exp(left));
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (Golden * (high - low));
                atRight = function(Math.Exp(right));
            }
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>The true class of a pixel, and the logarithm of each class's probability.</summary>
    private readonly record struct SampledPixel(byte Truth, float[] Logarithms);
}

using System.Collections.Immutable;

namespace FcnSharp.Evaluation;

/// <summary>
/// The calibration of a network's confidence: pixels are sorted into bins by their confidence, and the accuracy of each bin is compared
/// with its mean confidence (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017, section 2). Immutable.
/// </summary>
public sealed class Calibration
{
    private const int BinCount = 15;

    internal Calibration(ConfidenceCounts counts)
    {
        Bins = [.. Enumerable.Range(0, BinCount).Select(bin => BinOf(counts, bin))];
        var pixels = Bins.Sum(bin => bin.Pixels);
        ExpectedCalibrationError = pixels == 0
            ? null
            : Bins.Where(bin => bin.Pixels > 0).Sum(bin => bin.Pixels * Math.Abs((bin.Accuracy - bin.MeanConfidence)!.Value)) / pixels;
    }

    /// <summary>Fifteen bins of equal width, from confidence 0 to 1.</summary>
    public ImmutableArray<CalibrationBin> Bins { get; }

    /// <summary>The expected calibration error (ECE): the mean over pixels of |accuracy - mean confidence| of their bin, 0 to 1; 0 is
    /// perfect. Null if no pixel was counted.</summary>
    public double? ExpectedCalibrationError { get; }

    private static CalibrationBin BinOf(ConfidenceCounts counts, int bin)
    {
        var (pixels, right, sum) = (0L, 0L, 0.0);
        for (var confidence = 0; confidence <= byte.MaxValue; confidence++)
        {
            if (Math.Min(confidence * BinCount / byte.MaxValue, BinCount - 1) == bin)
            {
                var (all, hits) = counts[confidence];
                (pixels, right, sum) = (pixels + all, right + hits, sum + (all * (confidence / (double)byte.MaxValue)));
            }
        }

        return pixels == 0 ? new CalibrationBin(0, null, null) : new CalibrationBin(pixels, sum / pixels, (double)right / pixels);
    }
}

/// <summary>The pixels of a range of confidence.</summary>
/// <param name="Pixels">Number of pixels.</param>
/// <param name="MeanConfidence">Their mean confidence, 0 to 1; null for an empty bin.</param>
/// <param name="Accuracy">The share of them with the right class, 0 to 1; null for an empty bin.</param>
public readonly record struct CalibrationBin(long Pixels, double? MeanConfidence, double? Accuracy);

using System.Collections.Immutable;

namespace FcnSharp.Evaluation;

/// <summary>
/// How far a network is right where it is sure: pixels are put into bins by their confidence, and each bin's share of right pixels is
/// compared with its mean confidence (Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", 2017, section 2).
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

    /// <summary>The mean over pixels of their bin's |accuracy - mean confidence|, 0 to 1; 0 is perfect. Null without a counted
    /// pixel.</summary>
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

/// <summary>The pixels of some range of confidence.</summary>
/// <param name="Pixels">How many there are.</param>
/// <param name="MeanConfidence">How sure the network is of them, 0 to 1; null when there is none.</param>
/// <param name="Accuracy">The share that has the right class, 0 to 1; null when there is none.</param>
public readonly record struct CalibrationBin(long Pixels, double? MeanConfidence, double? Accuracy);

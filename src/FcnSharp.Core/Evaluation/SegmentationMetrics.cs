using System.Collections.Immutable;

namespace FcnSharp.Evaluation;

/// <summary>
/// The four metrics of Long, Shelhamer and Darrell (2015, section 5), computed from one confusion matrix over the whole data set, and the
/// metrics of every class. n_ij is the number of pixels of class i that were predicted as class j, and t_i = sum_j n_ij. Immutable.
/// </summary>
/// <remarks>
/// A class that occurs neither in truth nor in prediction is excluded from means, not counted as 0. All ratios are null for an empty
/// matrix.
/// </remarks>
public sealed class SegmentationMetrics
{
    internal SegmentationMetrics(ConfusionMatrix matrix)
    {
        Classes = [.. Enumerable.Range(0, matrix.NumClasses).Select(id => ClassOf(matrix, id))];
        Pixels = matrix.Total;
        PixelAccuracy = Ratio.Of(Classes.Sum(item => item.CorrectPixels), Pixels);
        MeanAccuracy = Classes.Average(item => item.Accuracy);
        MeanIoU = Classes.Average(item => item.IoU);
        FrequencyWeightedIoU = Ratio.Of(Classes.Sum(item => item.TruePixels * (item.IoU ?? 0)), Pixels);
    }

    /// <summary>Number of counted pixels.</summary>
    public long Pixels { get; }

    /// <summary>sum_i n_ii / sum_i t_i, 0 to 1.</summary>
    public double? PixelAccuracy { get; }

    /// <summary>The mean of n_ii / t_i over the classes that occur in the truth, 0 to 1.</summary>
    public double? MeanAccuracy { get; }

    /// <summary>The mean of the IoU, n_ii / (t_i + sum_j n_ji - n_ii), over classes, 0 to 1.</summary>
    public double? MeanIoU { get; }

    /// <summary>The mean of the IoU over true pixels, (sum_k t_k)^-1 sum_i t_i n_ii / (t_i + sum_j n_ji - n_ii), 0 to 1.</summary>
    public double? FrequencyWeightedIoU { get; }

    /// <summary>Every class, in order of id.</summary>
    public ImmutableArray<ClassMetrics> Classes { get; }

    private static ClassMetrics ClassOf(ConfusionMatrix matrix, int id)
    {
        var (truth, predicted) = (0L, 0L);
        for (var other = 0; other < matrix.NumClasses; other++)
        {
            truth += matrix[id, other];
            predicted += matrix[other, id];
        }

        return new ClassMetrics(id, truth, predicted, matrix[id, id]);
    }
}

/// <summary>Ratios of pixel counts; null for a zero denominator.</summary>
internal static class Ratio
{
    public static double? Of(double part, long whole) => whole == 0 ? null : part / whole;
}

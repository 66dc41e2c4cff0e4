namespace FcnSharp.Evaluation;

/// <summary>The metrics of one class. A ratio with a zero denominator is null, and is shown as a dash. Immutable.</summary>
public sealed record ClassMetrics
{
    internal ClassMetrics(int id, long truePixels, long predictedPixels, long correctPixels) =>
        (Id, TruePixels, PredictedPixels, CorrectPixels) = (id, truePixels, predictedPixels, correctPixels);

    /// <summary>The class id.</summary>
    public int Id { get; }

    /// <summary>Pixels that belong to the class.</summary>
    public long TruePixels { get; }

    /// <summary>Pixels that were predicted as the class.</summary>
    public long PredictedPixels { get; }

    /// <summary>Pixels that belong to the class and were predicted as the class.</summary>
    public long CorrectPixels { get; }

    /// <summary>Intersection over union: correct pixels divided by the pixels that have the class in truth, in prediction, or in both,
    /// n_ii / (t_i + sum_j n_ji - n_ii), 0 to 1.</summary>
    public double? IoU => Ratio.Of(CorrectPixels, TruePixels + PredictedPixels - CorrectPixels);

    /// <summary>Correct pixels divided by true pixels (recall), n_ii / t_i, 0 to 1.</summary>
    public double? Accuracy => Ratio.Of(CorrectPixels, TruePixels);

    /// <summary>Correct pixels divided by predicted pixels, n_ii / sum_j n_ji, 0 to 1.</summary>
    public double? Precision => Ratio.Of(CorrectPixels, PredictedPixels);
}

namespace FcnSharp.Evaluation;

/// <summary>How well one class was found. A ratio is null, and shown as a dash, where it would be nothing over nothing.</summary>
public sealed record ClassMetrics
{
    internal ClassMetrics(int id, long truePixels, long predictedPixels, long correctPixels) =>
        (Id, TruePixels, PredictedPixels, CorrectPixels) = (id, truePixels, predictedPixels, correctPixels);

    /// <summary>The class id.</summary>
    public int Id { get; }

    /// <summary>Pixels that belong to the class.</summary>
    public long TruePixels { get; }

    /// <summary>Pixels that were given the class.</summary>
    public long PredictedPixels { get; }

    /// <summary>Pixels that belong to the class and were given it.</summary>
    public long CorrectPixels { get; }

    /// <summary>Correct pixels over the pixels that have the class in truth, in prediction, or in both: n_ii / (t_i + sum_j n_ji - n_ii), 0
    /// to 1.</summary>
    public double? IoU => Ratio.Of(CorrectPixels, TruePixels + PredictedPixels - CorrectPixels);

    /// <summary>Correct pixels over true ones (recall), n_ii / t_i, 0 to 1.</summary>
    public double? Accuracy => Ratio.Of(CorrectPixels, TruePixels);

    /// <summary>Correct pixels over predicted ones, n_ii / sum_j n_ji, 0 to 1.</summary>
    public double? Precision => Ratio.Of(CorrectPixels, PredictedPixels);
}

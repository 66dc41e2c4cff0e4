namespace FcnSharp.Evaluation;

/// <summary>How well one class was found. A ratio is null, and shown as a dash, where it would be nothing over nothing.</summary>
/// <param name="Id">The class id.</param>
/// <param name="TruePixels">Pixels that belong to the class.</param>
/// <param name="PredictedPixels">Pixels that were given the class.</param>
/// <param name="CorrectPixels">Pixels that belong to the class and were given it.</param>
public sealed record ClassMetrics(int Id, long TruePixels, long PredictedPixels, long CorrectPixels)
{
    /// <summary>Correct pixels over the pixels that have the class in truth, in prediction, or in both: n_ii / (t_i + sum_j n_ji - n_ii), 0
    /// to 1.</summary>
    public double? IoU => Ratio.Of(CorrectPixels, TruePixels + PredictedPixels - CorrectPixels);

    /// <summary>Correct pixels over true ones (recall), n_ii / t_i, 0 to 1.</summary>
    public double? Accuracy => Ratio.Of(CorrectPixels, TruePixels);

    /// <summary>Correct pixels over predicted ones, n_ii / sum_j n_ji, 0 to 1.</summary>
    public double? Precision => Ratio.Of(CorrectPixels, PredictedPixels);
}

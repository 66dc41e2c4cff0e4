using FcnSharp.Support;

namespace FcnSharp.Training.Learning;

/// <summary>Finds learning rates that belong to the other reduction of the loss: the most common reason why an FCN does not
/// learn.</summary>
/// <remarks>
/// With SGD, a rate for the mean over P pixels moves the weights as far as a rate P times smaller does for their sum, and momentum m
/// multiplies both by 1 / (1 - m). The published recipes move by 2e-7 (FCN-8s after FCN-16s: 1e-14, summed, m = 0.99) to 0.2 (torchvision:
/// 0.02, mean, m = 0.9). AdamW's steps do not depend on the loss's scale.
/// </remarks>
internal static class RateCheck
{
    /// <summary>Pixels of a picture of Pascal VOC.</summary>
    private const double Pixels = 500 * 375;

    private const double LargestReach = 10;
    private const double SmallestReachOfAMean = 1e-6;

    /// <returns>What does not fit, and what would; null where all is well.</returns>
    public static string? Warning(OptimizerOptions optimizer, LossOptions loss)
    {
        if (optimizer.Kind != OptimizerKind.Sgd)
        {
            return null;
        }

        var momentum = 1 / (1 - optimizer.Momentum);
        return loss.Reduction switch
        {
            LossReduction.Sum when optimizer.MaxGradientNorm is null && optimizer.LearningRate * Pixels * momentum > LargestReach =>
                Guard.Text(
                $"A learning rate of {optimizer.LearningRate} fits a mean loss, " +
                $"but {nameof(LossOptions)}.{nameof(LossOptions.Reduction)} is {nameof(LossReduction.Sum)}: the loss will become NaN. " +
                $"For pictures of 500x375 pixels a sum takes {optimizer.LearningRate / Pixels:0.#e+0} in its place; " +
                $"or set the reduction to {nameof(LossReduction.Mean)}."),
            LossReduction.Mean when optimizer.LearningRate * momentum < SmallestReachOfAMean => Guard.Text(
                $"A learning rate of {optimizer.LearningRate} fits a summed loss, " +
                $"but {nameof(LossOptions)}.{nameof(LossOptions.Reduction)} is {nameof(LossReduction.Mean)}: " +
                $"next to nothing will be learned. For pictures of 500x375 pixels a mean takes {optimizer.LearningRate * Pixels:0.#e+0} " +
                $"in its place; or set the reduction to {nameof(LossReduction.Sum)}."),
            _ => null,
        };
    }
}

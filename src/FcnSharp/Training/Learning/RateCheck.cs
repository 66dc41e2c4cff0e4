using FcnSharp.Support;

namespace FcnSharp.Training.Learning;

/// <summary>Detects learning rates that suit the other reduction of the loss, the most common reason why an FCN does not
/// learn.</summary>
/// <remarks>
/// With SGD, a rate for the mean over P pixels changes the weights as much as a P times smaller rate for their sum, and momentum m
/// multiplies both by 1 / (1 - m). The effective rates of the published recipes are 2e-7 (FCN-8s after FCN-16s: 1e-14, summed, m = 0.99) to
/// 0.2 (torchvision: 0.02, mean, m = 0.9). AdamW's steps do not depend on the scale of the loss.
/// </remarks>
internal static class RateCheck
{
    /// <summary>Pixels of a picture of Pascal VOC.</summary>
    private const double Pixels = 500 * 375;

    private const double LargestReach = 10;
    private const double SmallestReachOfAMean = 1e-6;

    /// <returns>A warning with a suitable rate; null if the rate is plausible.</returns>
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
                $"A learning rate of {optimizer.LearningRate} suits a mean loss, " +
                $"but {nameof(LossOptions)}.{nameof(LossOptions.Reduction)} is {nameof(LossReduction.Sum)}: the loss will become NaN. " +
                $"For pictures of 500x375 pixels the equivalent rate for a sum is {optimizer.LearningRate / Pixels:0.#e+0}; " +
                $"or set the reduction to {nameof(LossReduction.Mean)}."),
            LossReduction.Mean when optimizer.LearningRate * momentum < SmallestReachOfAMean => Guard.Text(
                $"A learning rate of {optimizer.LearningRate} suits a summed loss, " +
                $"but {nameof(LossOptions)}.{nameof(LossOptions.Reduction)} is {nameof(LossReduction.Mean)}: " +
                $"the network will learn almost nothing. For pictures of 500x375 pixels the equivalent rate for a mean is " +
                $"{optimizer.LearningRate * Pixels:0.#e+0}; or set the reduction to {nameof(LossReduction.Sum)}."),
            _ => null,
        };
    }
}

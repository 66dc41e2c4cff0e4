using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>The optimiser. Immutable; change a copy with <c>with</c>.</summary>
/// <remarks>
/// The defaults are the paper's (Long, Shelhamer and Darrell, 2015, section 4.3), which fit <see cref="LossReduction.Mean"/>. Scale and
/// shift of batch normalisation have the learning rate of weights and no weight decay; frozen parameters are not changed.
/// </remarks>
public sealed record OptimizerOptions
{
    /// <summary>The update rule. The default is <see cref="OptimizerKind.Sgd"/>.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>The base learning rate, before the schedule; above 0. It must suit <see cref="LossOptions.Reduction"/>. The default is
    /// 1e-4.</summary>
    public double LearningRate
    {
        get;
        init => field = Guard.InRange(
            value, double.Epsilon, double.MaxValue, nameof(LearningRate),
            "The paper uses 1e-4 with a mean loss and 1e-10 with a summed loss.");
    } = 1e-4;

    /// <summary>The momentum of SGD, at least 0 and below 1. The default is 0.9. Ignored by AdamW.</summary>
    public double Momentum
    {
        get;
        init => field = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(Momentum), "Use 0 for none; 0.9 is usual.");
    } = 0.9;

    /// <summary>
    /// The weight decay, 0 or more. SGD adds decay * weight to the gradient; AdamW multiplies the weight by 1 - rate * decay. The default
    /// is 5e-4, which suits SGD; 1e-2 is usual for AdamW.
    /// </summary>
    public double WeightDecay
    {
        get;
        init => field = Guard.InRange(value, 0, double.MaxValue, nameof(WeightDecay), "Use 0 for none.");
    } = 5e-4;

    /// <summary>Factor of the learning rate for biases, above 0. The default is 2, as in the paper.</summary>
    public double BiasRateFactor
    {
        get;
        init => field = Guard.InRange(
            value, double.Epsilon, double.MaxValue, nameof(BiasRateFactor), "Use 1 to treat biases like weights.");
    } = 2;

    /// <summary>
    /// Factor of the learning rate for the trunk: the stages of a VGG without fc6 and fc7, or a whole ResNet. Above 0. The default is 1;
    /// for a pretrained trunk use 0.3 or less, so that it changes less than new layers.
    /// </summary>
    public double TrunkRateFactor
    {
        get;
        init => field = Guard.InRange(
            value, double.Epsilon, double.MaxValue, nameof(TrunkRateFactor), "Use 1 to train the trunk like all other layers.");
    } = 1;

    /// <summary>Whether <see cref="WeightDecay"/> also applies to biases. The default is false, as in the paper.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>AdamW's decay rate of the mean of gradients, at least 0 and below 1. The default is 0.9. Ignored by SGD.</summary>
    public double Beta1
    {
        get;
        init => field = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(Beta1), "0.9 is usual.");
    } = 0.9;

    /// <summary>AdamW's decay rate of the mean of squared gradients, at least 0 and below 1. The default is 0.999. Ignored by
    /// SGD.</summary>
    public double Beta2
    {
        get;
        init => field = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(Beta2), "0.999 is usual.");
    } = 0.999;

    /// <summary>The term that AdamW adds to the root of the mean squared gradients, 1e-30 to 1. The default is 1e-8. Ignored by
    /// SGD.</summary>
    public double Epsilon
    {
        get;
        init => field = Guard.InRange(value, 1e-30, 1, nameof(Epsilon), "1e-8 is usual.");
    } = 1e-8;

    /// <summary>
    /// Gradient clipping: the largest L2 norm of all gradients together, above 0; larger gradients are scaled down to it. With a summed
    /// loss, gradients are larger by a factor of the number of pixels. Null, the default, means no clipping.
    /// </summary>
    public double? MaxGradientNorm
    {
        get;
        init => field = value is { } norm
            ? Guard.InRange(norm, double.Epsilon, double.MaxValue, nameof(MaxGradientNorm), "Use null for no clipping.")
            : null;
    }
}

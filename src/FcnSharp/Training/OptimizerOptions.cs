using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>How gradients change the weights. Immutable; change a copy with <c>with</c>.</summary>
/// <remarks>
/// The defaults are the paper's (Long, Shelhamer and Darrell, 2015, section 4.3), which fit <see cref="LossReduction.Mean"/>. Scale and
/// shift of batch normalisation follow the plain learning rate and never decay; parameters that do not learn are left alone.
/// </remarks>
public sealed record OptimizerOptions
{
    /// <summary>The rule. The default is <see cref="OptimizerKind.Sgd"/>.</summary>
    public OptimizerKind Kind { get; init; } = OptimizerKind.Sgd;

    /// <summary>How far a step goes, above 0, before the schedule. It has to fit <see cref="LossOptions.Reduction"/>. The default is
    /// 1e-4.</summary>
    public double LearningRate
    {
        get;
        init => field = Guard.InRange(
            value, double.Epsilon, double.MaxValue, nameof(LearningRate),
            "The paper takes 1e-4 with a mean loss and 1e-10 with a summed one.");
    } = 1e-4;

    /// <summary>The share, from 0 up to but not including 1, of the last step's direction in this one's. The default is 0.9. Ignored by
    /// AdamW.</summary>
    public double Momentum
    {
        get;
        init => field = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(Momentum), "Use 0 for none; 0.9 is usual.");
    } = 0.9;

    /// <summary>
    /// Pull of the weights towards zero, 0 or more: added to the gradient, times the weight, by SGD; multiplied by the learning rate and
    /// taken from the weight by AdamW. The default is 5e-4, which suits SGD; AdamW usually takes 1e-2.
    /// </summary>
    public double WeightDecay
    {
        get;
        init => field = Guard.InRange(value, 0, double.MaxValue, nameof(WeightDecay), "Use 0 for none.");
    } = 5e-4;

    /// <summary>What the learning rate is multiplied by for the biases of layers, above 0. The default is 2, as in the paper.</summary>
    public double BiasRateFactor
    {
        get;
        init => field = Guard.InRange(value, double.Epsilon, double.MaxValue, nameof(BiasRateFactor), "Use 1 to treat biases as weights.");
    } = 2;

    /// <summary>
    /// What the learning rate is multiplied by for the trunk: the stages of a VGG without fc6 and fc7, or all of a ResNet. Above 0. The
    /// default is 1; a trunk that has learned from many pictures is changed less than new layers, by 0.3 or less.
    /// </summary>
    public double TrunkRateFactor
    {
        get;
        init => field = Guard.InRange(
            value, double.Epsilon, double.MaxValue, nameof(TrunkRateFactor), "Use 1 to train the trunk as everything else.");
    } = 1;

    /// <summary>Whether <see cref="WeightDecay"/> holds for biases, too. The default is false, as in the paper.</summary>
    public bool DecayBiases { get; init; }

    /// <summary>AdamW's memory of gradients, from 0 up to but not including 1. The default is 0.9. Ignored by SGD.</summary>
    public double Beta1
    {
        get;
        init => field = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(Beta1), "0.9 is usual.");
    } = 0.9;

    /// <summary>AdamW's memory of squared gradients, from 0 up to but not including 1. The default is 0.999. Ignored by SGD.</summary>
    public double Beta2
    {
        get;
        init => field = Guard.InRange(value, 0, Math.BitDecrement(1.0), nameof(Beta2), "0.999 is usual.");
    } = 0.999;

    /// <summary>What AdamW adds to the root of the squared gradients, 1e-30 to 1. The default is 1e-8. Ignored by SGD.</summary>
    public double Epsilon
    {
        get;
        init => field = Guard.InRange(value, 1e-30, 1, nameof(Epsilon), "1e-8 is usual.");
    } = 1e-8;

    /// <summary>
    /// The largest length, above 0, of all gradients taken as one vector; longer ones are scaled down to it. With a summed loss gradients
    /// are longer by the number of pixels. Null, the default, leaves them as they are.
    /// </summary>
    public double? MaxGradientNorm
    {
        get;
        init => field = value is { } norm
            ? Guard.InRange(norm, double.Epsilon, double.MaxValue, nameof(MaxGradientNorm), "Use null for no bound.")
            : null;
    }
}

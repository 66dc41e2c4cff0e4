using System.Collections.Immutable;
using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>What training minimises: the cross-entropy of every pixel that counts. Immutable; change a copy with <c>with</c>.</summary>
public sealed record LossOptions
{
    /// <summary>How the losses of pixels become one number. The default is <see cref="LossReduction.Mean"/>.</summary>
    public LossReduction Reduction { get; init; } = LossReduction.Mean;

    /// <summary>
    /// Whether pixels of rare classes weigh more. With <see cref="LossReduction.Mean"/> the loss is then the weighted mean, as in PyTorch.
    /// The default is <see cref="ClassWeighting.None"/>.
    /// </summary>
    public ClassWeighting Weighting { get; init; } = ClassWeighting.None;

    /// <summary>
    /// What is added to a share in <see cref="ClassWeighting.InverseLog"/>, above 1 and at most 10. The default, 1.02, is the paper's; the
    /// larger it is, the closer the weights are: with 1.1 the rarest class weighs at most seven times the one that has everything.
    /// </summary>
    public double InverseLogOffset
    {
        get;
        init => field = Guard.InRange(
            value, Math.BitIncrement(1.0), 10, nameof(InverseLogOffset), "1.02 is ENet's; more brings the weights closer together.");
    } = 1.02;

    /// <summary>
    /// A weight for each class, in the order of the classes, each above 0, for <see cref="ClassWeighting.Given"/>. Only their ratios count
    /// with <see cref="LossReduction.Mean"/>. Empty by default.
    /// </summary>
    public ImmutableArray<double> ClassWeights
    {
        get;
        init => field = value.All(weight => weight > 0 && double.IsFinite(weight))
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ClassWeights), string.Join(", ", value), "Expected a finite weight above 0 for each class.");
    } = [];

    /// <summary>
    /// The share, 0 to 1, of the soft Dice loss in the sum: (1 - share) * cross-entropy + share * Dice. It counts every class of a batch
    /// the same, however small. With <see cref="LossReduction.Sum"/> Dice is multiplied by the pixels that count, so that shares mean the
    /// same. The default, 0, is cross-entropy alone.
    /// </summary>
    public double DiceShare
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(DiceShare), "0 is cross-entropy alone, 1 Dice alone.");
    }
}

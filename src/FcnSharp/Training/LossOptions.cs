using System.Collections.Immutable;
using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>The loss that training minimises: the cross-entropy of all labelled pixels, with an optional Dice loss. Immutable; change a
/// copy with <c>with</c>.</summary>
public sealed record LossOptions
{
    /// <summary>The reduction of the losses of pixels to one number. The default is <see cref="LossReduction.Mean"/>.</summary>
    public LossReduction Reduction { get; init; } = LossReduction.Mean;

    /// <summary>
    /// The weights of the classes. With <see cref="LossReduction.Mean"/> the loss is the weighted mean, as in PyTorch.
    /// The default is <see cref="ClassWeighting.None"/>.
    /// </summary>
    public ClassWeighting Weighting { get; init; } = ClassWeighting.None;

    /// <summary>
    /// The offset of the share in <see cref="ClassWeighting.InverseLog"/>, above 1 and at most 10. The default, 1.02, is ENet's; a larger
    /// offset makes the weights more equal: with 1.1 their ratio is at most about 8.
    /// </summary>
    public double InverseLogOffset
    {
        get;
        init => field = Guard.InRange(
            value, Math.BitIncrement(1.0), 10, nameof(InverseLogOffset), "1.02 is ENet's; a larger offset makes the weights more equal.");
    } = 1.02;

    /// <summary>
    /// A weight for each class, in order of class id, each above 0, for <see cref="ClassWeighting.Given"/>; ignored otherwise. With
    /// <see cref="LossReduction.Mean"/> only their ratios matter. The default is empty.
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
    /// The share, 0 to 1, of the soft Dice loss in the sum: (1 - share) * cross-entropy + share * Dice. The Dice loss weights all classes
    /// of a batch equally, however small their areas. With <see cref="LossReduction.Sum"/> the Dice loss is multiplied by the number of
    /// labelled pixels, so that shares have the same meaning. The default, 0, means only cross-entropy.
    /// </summary>
    public double DiceShare
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(DiceShare), "0 means only cross-entropy, 1 only Dice.");
    }
}

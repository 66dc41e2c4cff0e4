using FcnSharp.Support;

namespace FcnSharp.Models;

/// <summary>
/// Dropout, upsampling, auxiliary loss and frozen norms of a module in training. They do not change the scores of a trained network, so
/// they are not part of a model file. Immutable; change a copy with <c>with</c>.
/// </summary>
public sealed record FcnLearningOptions
{
    /// <summary>
    /// Probability of dropping a value or a channel after a VGG's fc6 and fc7, in training; at least 0 and below 1. The default is 0.5. A
    /// ResNet has no such layers.
    /// </summary>
    public double Dropout
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Dropout), value, Guard.Text($"{nameof(Dropout)} must be at least 0 and below 1, but was {value}. Use 0 for none."));
    } = 0.5;

    /// <summary>
    /// The kind of dropout. Null, the default, follows the layout: channels in the compact layout, single values in the original layout.
    /// Ignored when <see cref="Dropout"/> is 0.
    /// </summary>
    public DropoutKind? DropoutKind { get; init; }

    /// <summary>
    /// Whether the upsampling layers are trained, starting with bilinear kernels, or stay bilinear. Null, the default, follows the layout:
    /// they are trained in the compact layout, as in the blog post, and stay bilinear in the original layout, as in the published Caffe
    /// networks.
    /// </summary>
    public bool? LearnUpsampling { get; init; }

    /// <summary>
    /// Weight of the auxiliary head's loss relative to the main loss in training a dilated FCN, 0 to 1; 0 means no auxiliary head. The
    /// default is 0.5, as in torchvision. Ignored for other networks.
    /// </summary>
    public double AuxiliaryLossWeight
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(AuxiliaryLossWeight), "Use 0 for no auxiliary head.");
    } = 0.5;

    /// <summary>
    /// Whether the trunk's batch normalisation is frozen: it uses its running statistics, and neither these nor its scales and shifts
    /// change. The default is false. Set it for batches of one or two pictures, whose batch statistics are not reliable.
    /// </summary>
    public bool FreezeTrunkNorms { get; init; }
}

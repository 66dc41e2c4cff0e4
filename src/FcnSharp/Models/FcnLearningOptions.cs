using FcnSharp.Support;

namespace FcnSharp.Models;

/// <summary>
/// How a module learns. None of it changes what a trained network answers, so none of it is part of a model file.
/// Immutable; change a copy with <c>with</c>.
/// </summary>
public sealed record FcnLearningOptions
{
    /// <summary>
    /// Probability of dropping a value or a channel after a VGG's fc6 and fc7, in training; from 0 up to, but not including, 1. The default
    /// is 0.5. A ResNet has no such layers.
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
    /// What is dropped. Null, the default, follows the layout: channels in the compact one, single values in the original one.
    /// Ignored when <see cref="Dropout"/> is 0.
    /// </summary>
    public DropoutKind? DropoutKind { get; init; }

    /// <summary>
    /// Whether the upsamplers learn, from bilinear kernels on, or stay bilinear. Null, the default, follows the layout: they learn in the
    /// compact one, as in the blog post, and stay in the original one, as in the published Caffe networks.
    /// </summary>
    public bool? LearnUpsampling { get; init; }

    /// <summary>
    /// How much the loss of an auxiliary head counts beside that of the scores in training a dilated FCN, 0 to 1; 0 means that there is no
    /// such head. The default is 0.5, as torchvision's. Ignored for other networks.
    /// </summary>
    public double AuxiliaryLossWeight
    {
        get;
        init => field = Guard.InRange(value, 0, 1, nameof(AuxiliaryLossWeight), "Use 0 for no auxiliary head.");
    } = 0.5;

    /// <summary>
    /// Whether the trunk's batch normalisation stays as it is: it normalises by the statistics that it came with, and neither they nor its
    /// scales and shifts change. The default is false. Right for batches of one or two pictures, whose own statistics say little.
    /// </summary>
    public bool FreezeTrunkNorms { get; init; }
}

namespace FcnSharp.Networks;

/// <summary>VGG-16's five stages, and fc6 and fc7 as convolutions (Simonyan and Zisserman, 2014). Immutable; change a copy with
/// <c>with</c>.</summary>
public sealed record VggTrunkOptions : TrunkOptions
{
    /// <summary>Channels of the stages and of fc6 and fc7. The default is <see cref="VggWidths.Standard"/>.</summary>
    public VggWidths Widths { get; init; } = VggWidths.Standard;

    /// <summary>Whether every convolution that a ReLU follows is batch-normalised. The default is false.</summary>
    public override bool BatchNorm { get; init; }
}

using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>The structure of a fully convolutional network. Immutable; change a copy with <c>with</c>.</summary>
public sealed record FcnOptions : NetworkOptions
{
    /// <summary>Scale of pool4 before its score layer when skips are trained at once (voc-fcn8s-atonce, net.py).</summary>
    public const float AtOncePool4Scale = 0.01f;

    /// <summary>Scale of pool3 before its score layer when skips are trained at once (voc-fcn8s-atonce, net.py).</summary>
    public const float AtOncePool3Scale = 0.0001f;

    /// <summary>Which network: FCN-8s (the default), FCN-4s, FCN-16s or FCN-32s.</summary>
    public FcnVariant Variant { get; init; } = FcnVariant.Fcn8s;

    /// <summary>How maps and picture are aligned. The default is <see cref="FcnLayout.Compact"/>.</summary>
    public FcnLayout Layout { get; init; } = FcnLayout.Compact;

    /// <summary>The trunk, which turns a picture into features. The default is VGG-16 at its published widths; a ResNet needs
    /// the compact layout.</summary>
    public override TrunkOptions Trunk { get; init; } = new VggTrunkOptions();

    /// <summary>
    /// Whether the skip connections were trained all at once: pool4 is scaled by <see cref="AtOncePool4Scale"/> and pool3 by
    /// <see cref="AtOncePool3Scale"/> before their score layers. Only for <see cref="FcnVariant.Fcn8s"/> in the
    /// <see cref="FcnLayout.Original"/> layout. The default is false.
    /// </summary>
    public bool AtOnce { get; init; }

    /// <inheritdoc/>
    public override NetworkGraph ToGraph()
    {
        Validate();
        return FcnGraph.Of(this);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">
    /// <see cref="AtOnce"/> is set for a network other than an FCN-8s in the original layout,
    /// an FCN-4s or a network on a ResNet is in the original layout, or <see cref="Variant"/> or <see cref="Layout"/> is not a
    /// named value.
    /// </exception>
    public override void Validate()
    {
        if (!Enum.IsDefined(Variant) || !Enum.IsDefined(Layout))
        {
            throw new ArgumentException($"There is no network of variant {Variant} and layout {Layout}. " +
                "Use the values that the enums name.");
        }

        if (Layout == FcnLayout.Original && (Variant == FcnVariant.Fcn4s || Trunk is ResNetTrunkOptions))
        {
            throw new ArgumentException(
                $"The {FcnLayout.Original} layout is that of the published networks, and none of them is " +
                (Variant == FcnVariant.Fcn4s ? $"an {FcnVariant.Fcn4s}" : "built on a ResNet") +
                $". Set {nameof(Layout)} to {FcnLayout.Compact}.");
        }

        if (AtOnce && (Variant, Layout) != (FcnVariant.Fcn8s, FcnLayout.Original))
        {
            throw new ArgumentException(
                $"{nameof(AtOnce)} requires {nameof(FcnVariant.Fcn8s)} in the {nameof(FcnLayout.Original)} layout, " +
                $"but this is {Variant} in the {Layout} layout. Leave {nameof(AtOnce)} false.");
        }
    }

    /// <inheritdoc/>
    public override string Kind => $"{Variant}, {Layout} layout";
}

using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>
/// torchvision's FCN: scores at stride 8 of a ResNet whose last two stages are dilated instead of strided, enlarged bilinearly to the size
/// of the picture. Immutable; change a copy with <c>with</c>.
/// </summary>
/// <remarks>
/// The auxiliary head that torchvision trains beside the scores is part of no answer, so it is part of no network here:
/// <c>FcnLearningOptions.AuxiliaryLossWeight</c> of FcnSharp says how much it counts in training.
/// </remarks>
public sealed record DilatedFcnOptions : NetworkOptions
{
    /// <summary>A ResNet of bottlenecks. The default is ResNet-50.</summary>
    public override TrunkOptions Trunk { get; init; } = ResNetTrunkOptions.ResNet50;

    /// <inheritdoc/>
    public override NetworkGraph ToGraph()
    {
        Validate();
        return DilatedFcnGraph.Of(this);
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        if (Trunk is not ResNetTrunkOptions { Block: ResNetBlock.Bottleneck })
        {
            throw new ArgumentException($"A dilated FCN has a ResNet of bottlenecks, as torchvision's, but {nameof(Trunk)} is {Trunk}. " +
                $"Use {nameof(ResNetTrunkOptions)}.{nameof(ResNetTrunkOptions.ResNet50)} or {nameof(ResNetTrunkOptions.ResNet101)}.");
        }
    }

    internal override string Kind => "dilated FCN";
}

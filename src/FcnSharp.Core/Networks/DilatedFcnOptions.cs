using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>
/// torchvision's FCN: scores at stride 8 of a ResNet whose last two stages are dilated instead of strided, enlarged bilinearly to the size
/// of the picture. Immutable; change a copy with <c>with</c>.
/// </summary>
/// <remarks>
/// torchvision's auxiliary head does not change the scores, so it is not part of the network here;
/// <c>FcnLearningOptions.AuxiliaryLossWeight</c> of FcnSharp sets its weight in training.
/// </remarks>
public sealed record DilatedFcnOptions : NetworkOptions
{
    /// <summary>Name of the score layer.</summary>
    internal const string ScoreLayer = "classifier.4";

    private const int HeadReduction = 4;

    /// <summary>A ResNet of bottlenecks. The default is ResNet-50.</summary>
    public override TrunkOptions Trunk { get; init; } = ResNetTrunkOptions.ResNet50;

    /// <inheritdoc/>
    public override NetworkGraph ToGraph()
    {
        Validate();
        var image = new ImageNode();
        var features = ResNetTrunkGraph.Of((ResNetTrunkOptions)Trunk, image, isDilated: true).Stride32;      // stride 8
        var scores = Head("classifier", features);
        return new NetworkGraph(new ResizeNode("scores", scores, image));                                    // 8 -> 1
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

    /// <inheritdoc/>
    public override string Kind => "dilated FCN";

    /// <summary>torchvision's head: a 3x3 convolution to a quarter of the channels, and class scores. The graph ends in the one called
    /// <c>classifier</c>; the one called <c>aux_classifier</c> is used only in training.</summary>
    /// <param name="name">Prefix of the names of its tensors.</param>
    /// <param name="features">The input: the last map of a stage of the trunk.</param>
    public ConvolutionNode Head(string name, GraphNode features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var reduced = new ConvolutionNode($"{name}.0", features, features.Channels / HeadReduction, kernel: 3)
        {
            Padding = 1,
            HasBias = !Trunk.BatchNorm,
            Norm = Trunk.BatchNorm ? $"{name}.1" : null,
            Relu = true,
        };
        return new ConvolutionNode($"{name}.4", reduced, NumClasses, kernel: 1);
    }
}

namespace FcnSharp.Networks;

/// <summary>The part of a network that turns a picture into features: <see cref="VggTrunkOptions"/> or
/// <see cref="ResNetTrunkOptions"/>. Immutable.</summary>
public abstract record TrunkOptions
{
    private protected TrunkOptions()
    {
    }

    /// <summary>
    /// Whether the convolutions are batch-normalised. <see cref="FcnNetwork.FoldBatchNorm"/> removes the batch normalisation of a network
    /// without changing its scores.
    /// </summary>
    public abstract bool BatchNorm { get; init; }

    /// <summary>Whether a layer or tensor belongs to the trunk: to a stage of a VGG, fc6 and fc7 excluded, or to a ResNet.</summary>
    /// <param name="name">The name in the state dict, such as <c>conv1.0.weight</c>.</param>
    public static bool IsTrunkTensor(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("conv", StringComparison.Ordinal) || name.StartsWith(ResNetTrunkGraph.Prefix, StringComparison.Ordinal);
    }
}

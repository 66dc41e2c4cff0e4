namespace FcnSharp.Networks;

/// <summary>The part of a network that turns a picture into features: <see cref="VggTrunkOptions"/> or
/// <see cref="ResNetTrunkOptions"/>. Immutable.</summary>
public abstract record TrunkOptions
{
    private protected TrunkOptions()
    {
    }

    /// <summary>
    /// Whether its convolutions are batch-normalised. <see cref="FcnNetwork.FoldBatchNorm"/> turns a network that is into one that is not
    /// and gives the same scores.
    /// </summary>
    public abstract bool BatchNorm { get; init; }

    /// <summary>Whether a layer or tensor of a network is one of its trunk: of the stages of a VGG, without fc6 and fc7, or of a
    /// ResNet.</summary>
    /// <param name="name">Its name as in a state dict, such as <c>conv1_1.weight</c>.</param>
    public static bool IsTrunkTensor(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.StartsWith("conv", StringComparison.Ordinal) || name.StartsWith(ResNetTrunkGraph.Prefix, StringComparison.Ordinal);
    }
}

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
}

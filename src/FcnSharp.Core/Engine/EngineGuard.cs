using FcnSharp.Networks;

namespace FcnSharp.Engine;

/// <summary>What every engine asks of a network.</summary>
internal static class EngineGuard
{
    public static Normalization NormalizationOf(FcnNetwork network) => network.Card.Normalization ?? throw new ArgumentException(
        "The network's card does not say how pictures are normalised. Set Card.Normalization, for example with network.WithCard(network.Card with { Normalization = Normalization.ImageNet }).",
        nameof(network));
}

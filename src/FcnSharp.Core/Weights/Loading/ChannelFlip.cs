using System.Collections.Immutable;

namespace FcnSharp.Weights.Loading;

/// <summary>Reverses the order of colour channels that a first convolution reads.</summary>
internal static class ChannelFlip
{
    /// <summary>Swaps red and blue in place; doing it twice changes nothing.</summary>
    /// <param name="weight">The weight's values.</param>
    /// <param name="shape">(out, 3, rows, columns).</param>
    public static void Apply(Span<float> weight, ImmutableArray<int> shape)
    {
        var area = shape[2] * shape[3];
        for (var at = 0; at < weight.Length; at += 3 * area)
        {
            for (var i = at; i < at + area; i++)
            {
                (weight[i], weight[i + (2 * area)]) = (weight[i + (2 * area)], weight[i]);
            }
        }
    }
}

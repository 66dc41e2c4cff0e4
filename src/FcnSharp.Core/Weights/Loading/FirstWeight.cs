using System.Collections.Immutable;
using FcnSharp.Networks;

namespace FcnSharp.Weights.Loading;

/// <summary>Makes a first convolution read pictures as this library feeds them.</summary>
internal static class FirstWeight
{
    /// <summary>Changes the weight in place.</summary>
    /// <param name="values">Its values.</param>
    /// <param name="shape">(out, 3, rows, columns).</param>
    /// <param name="flips">Whether it reads BGR.</param>
    /// <param name="scale">What the weights of each channel are multiplied by, in RGB order; null for nothing.</param>
    public static void Adapt(Span<float> values, ImmutableArray<int> shape, bool flips, ChannelValues? scale)
    {
        var area = shape[2] * shape[3];
        for (var at = 0; at < values.Length; at += 3 * area)
        {
            var red = values.Slice(at, area);
            var green = values.Slice(at + area, area);
            var blue = values.Slice(at + (2 * area), area);
            if (flips)
            {
                Swap(red, blue);
            }

            if (scale is { } factors)
            {
                Multiply(red, factors.R);
                Multiply(green, factors.G);
                Multiply(blue, factors.B);
            }
        }
    }

    private static void Swap(Span<float> first, Span<float> second)
    {
        for (var i = 0; i < first.Length; i++)
        {
            (first[i], second[i]) = (second[i], first[i]);
        }
    }

    private static void Multiply(Span<float> values, float factor)
    {
        foreach (ref var value in values)
        {
            value *= factor;
        }
    }
}

using FcnSharp.Networks;

namespace FcnSharp.Training.Loading;

/// <summary>Lookup tables: a number for each of the 256 byte values, for each channel.</summary>
internal sealed class ChannelTables
{
    private readonly float[] red, green, blue;

    private ChannelTables(Func<int, ChannelValues> of)
    {
        ChannelValues[] all = [.. Enumerable.Range(0, 256).Select(of)];
        red = [.. all.Select(value => value.R)];
        green = [.. all.Select(value => value.G)];
        blue = [.. all.Select(value => value.B)];
    }

    /// <summary>Byte values, unchanged.</summary>
    public static ChannelTables Identity { get; } = new(value => new(value, value, value));

    /// <summary>Normalised byte values, bit-identical to those of the engines.</summary>
    public static ChannelTables Of(Normalization normalization)
    {
        var (mean, deviation) = (normalization.Mean, normalization.Deviation);
        return new(value => new(Apply(value, mean.R, deviation.R), Apply(value, mean.G, deviation.G), Apply(value, mean.B, deviation.B)));

        static float Apply(int value, float mean, float deviation) => ((value / 255f) - mean) / deviation;
    }

    /// <summary>Looks up pixels, starting at <paramref name="at"/>, to the right or to the left.</summary>
    public void Copy(ReadOnlySpan<byte> pixels, int at, bool toTheLeft, Span<float> reds, Span<float> greens, Span<float> blues)
    {
        var step = toTheLeft ? -3 : 3;
        for (int i = 0, pixel = 3 * at; i < reds.Length; i++, pixel += step)
        {
            reds[i] = red[pixels[pixel]];
            greens[i] = green[pixels[pixel + 1]];
            blues[i] = blue[pixels[pixel + 2]];
        }
    }
}

using System.Numerics;

namespace FcnSharp.Engine.Plain;

/// <summary>The largest of each 2x2 square, stride 2; squares that hang over the edge take what is there (Caffe's and ceil_mode's
/// rounding).</summary>
internal static class MaxPool
{
    public static FeatureMap Run(FeatureMap input, ParallelOptions parallel)
    {
        var output = new FeatureMap((input.Height + 1) / 2, (input.Width + 1) / 2, input.Channels);
        try
        {
            Parallel.For(0, output.Height, parallel,
                y => Row(input.Row(2 * y), input.Row(Math.Min((2 * y) + 1, input.Height - 1)), output.Row(y), input.Channels));
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static void Row(ReadOnlySpan<float> upper, ReadOnlySpan<float> lower, Span<float> output, int channels)
    {
        for (var left = 0; !output.IsEmpty; left += 2 * channels, output = output[channels..])
        {
            var right = Math.Min(left + channels, upper.Length - channels);
            Max(upper.Slice(left, channels), upper.Slice(right, channels), lower.Slice(left, channels),
                lower.Slice(right, channels), output);
        }
    }

    private static void Max(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<float> output)
    {
        var i = 0;
        for (; i + Vector<float>.Count <= a.Length; i += Vector<float>.Count)
        {
            var upper = Vector.Max(new Vector<float>(a[i..]), new Vector<float>(b[i..]));
            var lower = Vector.Max(new Vector<float>(c[i..]), new Vector<float>(d[i..]));
            Vector.Max(upper, lower).CopyTo(output[i..]);
        }

        for (; i < a.Length; i++)
        {
            output[i] = Math.Max(Math.Max(a[i], b[i]), Math.Max(c[i], d[i]));
        }
    }
}

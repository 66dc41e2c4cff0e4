using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using FcnSharp.Support;

namespace FcnSharp.Imaging;

/// <summary>Scales pictures with a separable, antialiased triangle filter.</summary>
internal static class TriangleFilter
{
    /// <summary>Scales to another size. Each output row is computed in two passes: first the weighted sum of input rows, then along the
    /// row.</summary>
    public static RgbImage Resize(RgbImage image, int width, int height)
    {
        if (3L * width * height > Array.MaxLength)
        {
            throw new ArgumentOutOfRangeException(
                nameof(width), Guard.Text($"A {width}x{height} picture does not fit an array. Stay below 700 megapixels."));
        }

        var columns = new TriangleWeights(image.Width, width);
        var rows = new TriangleWeights(image.Height, height);
        var result = GC.AllocateUninitializedArray<byte>(3 * width * height);
        var work = Math.Max((long)image.Width * image.Height, (long)width * height);
        RowLoop.Run(height, work, y =>
        {
            var rented = ArrayPool<float>.Shared.Rent(3 * image.Width);
            var sums = rented.AsSpan(0, 3 * image.Width);
            SumRows(image, rows.First(y), rows.Of(y), sums);
            SumColumns(sums, columns, result.AsSpan(3 * width * y, 3 * width));
            ArrayPool<float>.Shared.Return(rented);
        });
        return new RgbImage(result, width, height);
    }

    private static void SumRows(RgbImage image, int first, ReadOnlySpan<float> weights, Span<float> sums)
    {
        sums.Clear();
        for (var i = 0; i < weights.Length; i++)
        {
            AddWeighted(image.Pixels.Span.Slice((first + i) * sums.Length, sums.Length), weights[i], sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWeighted(ReadOnlySpan<byte> row, float weight, Span<float> sums)
    {
        var at = 0;
        for (; at <= row.Length - Vector<byte>.Count; at += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(row[at..]), out var low, out var high);
            AddWeighted(low, weight, sums[at..]);
            AddWeighted(high, weight, sums[(at + Vector<ushort>.Count)..]);
        }

        for (; at < row.Length; at++)
        {
            sums[at] += weight * row[at];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWeighted(Vector<ushort> values, float weight, Span<float> sums)
    {
        Vector.Widen(values, out var low, out var high);
        (new Vector<float>(sums) + (weight * Vector.ConvertToSingle(low))).CopyTo(sums);
        var next = sums[Vector<float>.Count..];
        (new Vector<float>(next) + (weight * Vector.ConvertToSingle(high))).CopyTo(next);
    }

    private static void SumColumns(ReadOnlySpan<float> sums, TriangleWeights columns, Span<byte> row)
    {
        for (var x = 0; 3 * x < row.Length; x++)
        {
            var (red, green, blue) = (0f, 0f, 0f);
            var at = 3 * columns.First(x);
            foreach (var weight in columns.Of(x))
            {
                red += weight * sums[at];
                green += weight * sums[at + 1];
                blue += weight * sums[at + 2];
                at += 3;
            }

            row[3 * x] = ToByte(red);
            row[(3 * x) + 1] = ToByte(green);
            row[(3 * x) + 2] = ToByte(blue);
        }
    }

    private static byte ToByte(float value) => (byte)Math.Clamp(value + 0.5f, 0f, 255f);
}

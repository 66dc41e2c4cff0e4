using System.Buffers;
using FcnSharp.Imaging;

namespace FcnSharp.Training.Loading;

/// <summary>A picture that is halved repeatedly for a small scale, to avoid aliasing by bilinear sampling.</summary>
/// <remarks>Owns a rented buffer; dispose it.</remarks>
internal sealed class ReducedPicture : IDisposable
{
    /// <summary>Up to this factor, bilinear sampling alone is sufficient.</summary>
    private const double EnoughForBilinear = 1.5;

    private byte[]? rented;

    public ReducedPicture(RgbImage picture, double scale)
    {
        (Pixels, Width, Height) = (picture.Pixels, picture.Width, picture.Height);
        for (var shrink = 1 / scale; shrink > EnoughForBilinear; shrink /= 2)
        {
            Halve();
        }
    }

    /// <summary>Number of halvings.</summary>
    public int Halvings { get; private set; }

    public ReadOnlyMemory<byte> Pixels { get; private set; }

    public int Width { get; private set; }

    public int Height { get; private set; }

    public void Dispose()
    {
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
            rented = null;
        }
    }

    /// <summary>Averages 2x2 pixels; an odd last row or column is duplicated.</summary>
    private void Halve()
    {
        var (width, height) = ((Width + 1) / 2, (Height + 1) / 2);
        var halved = ArrayPool<byte>.Shared.Rent(3 * width * height);
        var source = Pixels.Span;
        for (var y = 0; y < height; y++)
        {
            var upper = source.Slice(3 * Width * 2 * y, 3 * Width);
            var lower = source.Slice(3 * Width * Math.Min((2 * y) + 1, Height - 1), 3 * Width);
            HalveRow(upper, lower, halved.AsSpan(3 * width * y, 3 * width));
        }

        Dispose();
        rented = halved;
        (Pixels, Width, Height, Halvings) = (halved.AsMemory(0, 3 * width * height), width, height, Halvings + 1);
    }

    private static void HalveRow(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> row)
    {
        var left = 0;
        for (var at = 0; at < row.Length; at += 3, left += 6)
        {
            var right = left + 3 < upper.Length ? left + 3 : left;
            for (var channel = 0; channel < 3; channel++)
            {
                var sum = upper[left + channel] + upper[right + channel] + lower[left + channel] + lower[right + channel];
                row[at + channel] = (byte)((sum + 2) / 4);
            }
        }
    }
}

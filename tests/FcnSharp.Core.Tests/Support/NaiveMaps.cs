using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Support;

/// <summary>
/// Reference implementations of the operations of networks: loops over (C, H, W) arrays in double precision, transposed convolution
/// by scattering. They share nothing with the engine.
/// </summary>
internal static class NaiveMaps
{
    public static double[,,] Convolve(
        double[,,] x, NamedTensor weight, NamedTensor? bias, int stride = 1, int dilation = 1, int padding = 0)
    {
        var (w, kernel) = (weight.Values.ToArray(), weight.Shape[2]);
        var (height, width) = (x.GetLength(1), x.GetLength(2));
        var y = new double[weight.Shape[0], Size(height), Size(width)];
        for (var (at, o) = (0, 0); o < y.GetLength(0); o++)
        {
            for (var c = 0; c < weight.Shape[1]; c++)
            {
                for (var tap = 0; tap < kernel * kernel; tap++, at++)
                {
                    for (var row = 0; row < y.GetLength(1); row++)
                    {
                        var sourceRow = (row * stride) + (tap / kernel * dilation) - padding;
                        for (var column = 0; (uint)sourceRow < (uint)height && column < y.GetLength(2); column++)
                        {
                            var sourceColumn = (column * stride) + (tap % kernel * dilation) - padding;
                            if ((uint)sourceColumn < (uint)width)
                            {
                                y[o, row, column] += x[c, sourceRow, sourceColumn] * w[at];
                            }
                        }
                    }
                }
            }
        }

        return AddBias(y, bias);

        int Size(int side) => ((side + (2 * padding) - (dilation * (kernel - 1)) - 1) / stride) + 1;
    }

    public static double[,,] Upsample(double[,,] x, NamedTensor weight, NamedTensor? bias, int stride, int padding)
    {
        var (w, kernel) = (weight.Values.ToArray(), weight.Shape[2]);
        var (height, width) = (x.GetLength(1), x.GetLength(2));
        var full = new double[weight.Shape[1], ((height - 1) * stride) + kernel, ((width - 1) * stride) + kernel];
        for (var (at, c) = (0, 0); c < weight.Shape[0]; c++)
        {
            for (var o = 0; o < weight.Shape[1]; o++)
            {
                for (var tap = 0; tap < kernel * kernel; tap++, at++)
                {
                    for (var row = 0; row < height; row++)
                    {
                        for (var column = 0; column < width; column++)
                        {
                            full[o, (row * stride) + (tap / kernel), (column * stride) + (tap % kernel)] += x[c, row, column] * w[at];
                        }
                    }
                }
            }
        }

        return AddBias(Crop(full, padding, full.GetLength(1) - (2 * padding), full.GetLength(2) - (2 * padding)), bias);
    }

    /// <param name="x">The map.</param>
    /// <param name="values">Gives the values of a part of the normalisation: <c>running_mean</c>.</param>
    public static double[,,] BatchNorm(double[,,] x, Func<string, NamedTensor> values)
    {
        var (gamma, beta) = (values("weight").Values.ToArray(), values("bias").Values.ToArray());
        var (mean, variance) = (values("running_mean").Values.ToArray(), values("running_var").Values.ToArray());
        return Map(x, (c, value) => ((value - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * gamma[c]) + beta[c]);
    }

    public static double[,,] Rectify(double[,,] x) => Map(x, (_, value) => Math.Max(value, 0));

    /// <summary>PyTorch's rule: a window is inside the padded map; with <paramref name="ceil"/> it may extend over the end, but begins
    /// before the padding there.</summary>
    public static double[,,] MaxPool(double[,,] x, int kernel, int stride, int padding, bool ceil)
    {
        var (height, width) = (x.GetLength(1), x.GetLength(2));
        var y = new double[x.GetLength(0), Windows(height), Windows(width)];
        for (var c = 0; c < y.GetLength(0); c++)
        {
            for (var row = 0; row < y.GetLength(1); row++)
            {
                for (var column = 0; column < y.GetLength(2); column++)
                {
                    var best = double.NegativeInfinity;
                    for (var tap = 0; tap < kernel * kernel; tap++)
                    {
                        var (i, j) = ((row * stride) - padding + (tap / kernel), (column * stride) - padding + (tap % kernel));
                        best = (uint)i < (uint)height && (uint)j < (uint)width ? Math.Max(best, x[c, i, j]) : best;
                    }

                    y[c, row, column] = best;
                }
            }
        }

        return y;

        int Windows(int side)
        {
            var count = 1;
            while (ceil
                ? count * stride < side + padding && ((count - 1) * stride) + kernel < side + (2 * padding)
                : (count * stride) + kernel <= side + (2 * padding))
            {
                count++;
            }

            return count;
        }
    }

    /// <summary>PyTorch's interpolate, bilinear, align_corners = false: cell i is at (i + 0.5) * source / target - 0.5, at least 0; the
    /// cell behind it is the last one at most.</summary>
    public static double[,,] Resize(double[,,] x, int height, int width)
    {
        var (sourceHeight, sourceWidth) = (x.GetLength(1), x.GetLength(2));
        var y = new double[x.GetLength(0), height, width];
        for (var row = 0; row < height; row++)
        {
            var (top, bottom, down) = Around(row, sourceHeight, height);
            for (var column = 0; column < width; column++)
            {
                var (left, right, across) = Around(column, sourceWidth, width);
                for (var c = 0; c < y.GetLength(0); c++)
                {
                    y[c, row, column] = ((1 - down) * (((1 - across) * x[c, top, left]) + (across * x[c, top, right])))
                        + (down * (((1 - across) * x[c, bottom, left]) + (across * x[c, bottom, right])));
                }
            }
        }

        return y;

        static (int Low, int High, double Fraction) Around(int index, int source, int target)
        {
            var position = Math.Max(((index + 0.5) * source / target) - 0.5, 0);
            var low = Math.Min((int)position, source - 1);
            return (low, Math.Min(low + 1, source - 1), position - low);
        }
    }

    public static double[,,] Add(double[,,] x, double[,,] y)
    {
        Assert.Equal((x.GetLength(0), x.GetLength(1), x.GetLength(2)), (y.GetLength(0), y.GetLength(1), y.GetLength(2)));
        return Of(x.GetLength(0), x.GetLength(1), x.GetLength(2), (c, row, column) => x[c, row, column] + y[c, row, column]);
    }

    public static double[,,] Scale(double[,,] x, double factor) => Map(x, (_, value) => factor * value);

    public static double[,,] Crop(double[,,] x, int offset, int height, int width) =>
        Of(x.GetLength(0), height, width, (c, row, column) => x[c, row + offset, column + offset]);

    /// <summary>Zeros to the right and below, up to multiples of a number of cells.</summary>
    public static double[,,] Pad(double[,,] x, int multiple)
    {
        var (height, width) = (x.GetLength(1), x.GetLength(2));
        return Of(
            x.GetLength(0), RoundUp(height), RoundUp(width), (c, row, column) => row < height && column < width ? x[c, row, column] : 0);

        int RoundUp(int side) => (side + multiple - 1) / multiple * multiple;
    }

    public static double[,,] Map(double[,,] x, Func<int, double, double> function) =>
        Of(x.GetLength(0), x.GetLength(1), x.GetLength(2), (c, row, column) => function(c, x[c, row, column]));

    public static double[,,] Of(int channels, int height, int width, Func<int, int, int, double> value)
    {
        var map = new double[channels, height, width];
        for (var i = 0; i < map.Length; i++)
        {
            var (c, row, column) = (i / (height * width), i / width % height, i % width);
            map[c, row, column] = value(c, row, column);
        }

        return map;
    }

    /// <summary>A picture as a network sees it: (byte / 255 - mean) / deviation.</summary>
    public static double[,,] Of(RgbImage picture, Normalization normalization)
    {
        var (m, d) = (normalization.Mean, normalization.Deviation);
        double[] mean = [m.R, m.G, m.B], deviation = [d.R, d.G, d.B];
        return Of(3, picture.Height, picture.Width, (c, row, column) =>
            ((picture.Pixels.Span[(3 * ((row * picture.Width) + column)) + c] / 255.0) - mean[c]) / deviation[c]);
    }

    public static ScoreMap ToScoreMap(double[,,] scores) => new(
        scores.Cast<double>().Select(score => (float)score).ToArray(), scores.GetLength(0), scores.GetLength(2), scores.GetLength(1));

    private static double[,,] AddBias(double[,,] x, NamedTensor? bias)
    {
        var values = bias?.Values.ToArray();
        return values is null ? x : Map(x, (c, value) => value + values[c]);
    }
}

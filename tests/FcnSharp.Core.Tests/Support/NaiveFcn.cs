using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>
/// The networks once more, as plainly as they can be written: loops over (C, H, W) arrays in double precision, explicit padding and
/// cropping, transposed convolution by scattering. It shares nothing with the engine but the names of the tensors.
/// </summary>
internal static class NaiveFcn
{
    public static double[,,] Score(FcnNetwork network, ReadOnlySpan<float> input, int height, int width)
    {
        var compact = network.Options.Layout == FcnLayout.Compact;
        var x = new double[3, compact ? RoundUp(height) : height, compact ? RoundUp(width) : width];
        for (var i = 0; i < input.Length; i++)
        {
            x[i / (height * width), i / width % height, i % width] = input[i];
        }

        var pools = new List<double[,,]>();
        int[] counts = [2, 2, 3, 3, 3];
        for (var stage = 0; stage < counts.Length; stage++)
        {
            for (var i = 0; i < counts[stage]; i++)
            {
                var padding = !compact && (stage, i) == (0, 0) ? 100 : 1;
                x = Rectified($"conv{stage + 1}.{2 * i}", x, padding);
            }

            x = Pool(x);
            pools.Add(x);
        }

        var score = Convolve(network, "fc8", Rectified("fc7.0", Rectified("fc6.0", x, 0), 0), 0);
        var (atOnce, variant) = (network.Options.AtOnce, network.Options.Variant);
        if (variant == FcnVariant.Fcn32s)
        {
            return Crop(Upsample(network, "upscore", score, 32, compact), compact ? 0 : 19, height, width);
        }

        score = Upsample(network, "upscore", score, 2, compact);
        score = Add(score, Convolve(network, "score_4b.0", Scale(pools[3], atOnce ? 0.01 : 1), 0), compact ? 0 : 5);
        if (variant == FcnVariant.Fcn16s)
        {
            return Crop(Upsample(network, "upscore_4b", score, 16, compact), compact ? 0 : 27, height, width);
        }

        score = Upsample(network, "upscore_4b", score, 2, compact);
        score = Add(score, Convolve(network, "score_3b.0", Scale(pools[2], atOnce ? 0.0001 : 1), 0), compact ? 0 : 9);
        return Crop(Upsample(network, "upscore_3b", score, 8, compact), compact ? 0 : 31, height, width);

        double[,,] Rectified(string name, double[,,] map, int padding)
        {
            map = Convolve(network, name, map, padding);
            if (network.Options.BatchNorm)
            {
                map = BatchNorm(network, name, map);
            }

            return Map(map, (_, value) => Math.Max(value, 0));
        }
    }

    private static int RoundUp(int size) => (size + 31) / 32 * 32;

    private static double[,,] Convolve(FcnNetwork network, string name, double[,,] x, int padding)
    {
        var weight = network[$"{name}.weight"];
        var w = weight.Values.Span;
        var b = network[$"{name}.bias"].Values.Span;
        var (outChannels, inChannels, kernel) = (weight.Shape[0], weight.Shape[1], weight.Shape[2]);
        var (height, width) = (x.GetLength(1), x.GetLength(2));
        var y = new double[outChannels, height + (2 * padding) - kernel + 1, width + (2 * padding) - kernel + 1];
        for (var o = 0; o < outChannels; o++)
        {
            for (var row = 0; row < y.GetLength(1); row++)
            {
                for (var column = 0; column < y.GetLength(2); column++)
                {
                    double sum = b[o];
                    for (var c = 0; c < inChannels; c++)
                    {
                        for (var i = 0; i < kernel; i++)
                        {
                            for (var j = 0; j < kernel; j++)
                            {
                                var (sourceRow, sourceColumn) = (row + i - padding, column + j - padding);
                                if (sourceRow >= 0 && sourceRow < height && sourceColumn >= 0 && sourceColumn < width)
                                {
                                    sum += x[c, sourceRow, sourceColumn] * w[(((((o * inChannels) + c) * kernel) + i) * kernel) + j];
                                }
                            }
                        }
                    }

                    y[o, row, column] = sum;
                }
            }
        }

        return y;
    }

    private static double[,,] Upsample(FcnNetwork network, string name, double[,,] x, int stride, bool trimmed)
    {
        var weight = network[$"{name}.weight"];
        var w = weight.Values.Span;
        var (channels, kernel) = (weight.Shape[0], weight.Shape[2]);
        var (height, width) = (x.GetLength(1), x.GetLength(2));
        var full = new double[channels, ((height - 1) * stride) + kernel, ((width - 1) * stride) + kernel];
        for (var c = 0; c < channels; c++)
        {
            for (var row = 0; row < height; row++)
            {
                for (var column = 0; column < width; column++)
                {
                    for (var o = 0; o < channels; o++)
                    {
                        for (var i = 0; i < kernel; i++)
                        {
                            for (var j = 0; j < kernel; j++)
                            {
                                full[o, (row * stride) + i, (column * stride) + j] += x[c, row, column]
                                    * w[(((((c * channels) + o) * kernel) + i) * kernel) + j];
                            }
                        }
                    }
                }
            }
        }

        if (!trimmed)
        {
            return full;
        }

        var bias = network[$"{name}.bias"].Values.ToArray();
        return Map(Crop(full, stride / 2, height * stride, width * stride), (channel, value) => value + bias[channel]);
    }

    private static double[,,] BatchNorm(FcnNetwork network, string name, double[,,] x)
    {
        var (gamma, beta) = (Values("weight"), Values("bias"));
        var (mean, variance) = (Values("running_mean"), Values("running_var"));
        return Map(x, (c, value) => ((value - mean[c]) / Math.Sqrt(variance[c] + 1e-5) * gamma[c]) + beta[c]);

        float[] Values(string part) => network[$"{name}.bn.{part}"].Values.ToArray();
    }

    private static double[,,] Pool(double[,,] x)
    {
        var y = new double[x.GetLength(0), (x.GetLength(1) + 1) / 2, (x.GetLength(2) + 1) / 2];
        for (var c = 0; c < y.GetLength(0); c++)
        {
            for (var row = 0; row < y.GetLength(1); row++)
            {
                for (var column = 0; column < y.GetLength(2); column++)
                {
                    var best = double.NegativeInfinity;
                    for (var i = 2 * row; i < Math.Min((2 * row) + 2, x.GetLength(1)); i++)
                    {
                        for (var j = 2 * column; j < Math.Min((2 * column) + 2, x.GetLength(2)); j++)
                        {
                            best = Math.Max(best, x[c, i, j]);
                        }
                    }

                    y[c, row, column] = best;
                }
            }
        }

        return y;
    }

    private static double[,,] Add(double[,,] score, double[,,] skip, int offset)
    {
        var cropped = Crop(skip, offset, score.GetLength(1), score.GetLength(2));
        for (var c = 0; c < score.GetLength(0); c++)
        {
            for (var row = 0; row < score.GetLength(1); row++)
            {
                for (var column = 0; column < score.GetLength(2); column++)
                {
                    cropped[c, row, column] += score[c, row, column];
                }
            }
        }

        return cropped;
    }

    private static double[,,] Crop(double[,,] x, int offset, int height, int width)
    {
        var y = new double[x.GetLength(0), height, width];
        for (var c = 0; c < x.GetLength(0); c++)
        {
            for (var row = 0; row < height; row++)
            {
                for (var column = 0; column < width; column++)
                {
                    y[c, row, column] = x[c, row + offset, column + offset];
                }
            }
        }

        return y;
    }

    private static double[,,] Scale(double[,,] x, double factor) => Map(x, (_, value) => factor * value);

    private static double[,,] Map(double[,,] x, Func<int, double, double> function)
    {
        var y = new double[x.GetLength(0), x.GetLength(1), x.GetLength(2)];
        for (var c = 0; c < x.GetLength(0); c++)
        {
            for (var row = 0; row < x.GetLength(1); row++)
            {
                for (var column = 0; column < x.GetLength(2); column++)
                {
                    y[c, row, column] = function(c, x[c, row, column]);
                }
            }
        }

        return y;
    }
}

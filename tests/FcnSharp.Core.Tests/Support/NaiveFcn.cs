using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>The networks once more, in <see cref="NaiveMaps"/>: it shares nothing with the library but the names of the tensors.</summary>
internal static class NaiveFcn
{
    /// <summary>The scores of a picture, normalised as the network's card says.</summary>
    public static ScoreMap Score(FcnNetwork network, RgbImage picture) =>
        NaiveMaps.ToScoreMap(Score(network, NaiveMaps.Of(picture, network.Card.Normalization!)));

    /// <summary>The scores of normalised values, (3, height, width).</summary>
    public static ScoreMap Score(FcnNetwork network, float[] input, int height, int width) => NaiveMaps.ToScoreMap(
        Score(network, NaiveMaps.Of(3, height, width, (c, row, column) => input[(((c * height) + row) * width) + column])));

    private static double[,,] Score(FcnNetwork network, double[,,] image)
    {
        var (height, width) = (image.GetLength(1), image.GetLength(2));
        var (compact, atOnce) = (network.Options.Layout == FcnLayout.Compact, network.Options.AtOnce);
        var x = compact ? NaiveMaps.Pad(image, 32) : image;
        var pools = new List<double[,,]>();
        int[] counts = [2, 2, 3, 3, 3];
        for (var stage = 0; stage < counts.Length; stage++)
        {
            for (var i = 0; i < counts[stage]; i++)
            {
                x = Rectified($"conv{stage + 1}.{2 * i}", x, padding: !compact && (stage, i) == (0, 0) ? 100 : 1);
            }

            x = NaiveMaps.MaxPool(x, kernel: 2, stride: 2, padding: 0, ceil: true);
            pools.Add(x);
        }

        var score = Convolve("fc8", Rectified("fc7.0", Rectified("fc6.0", x, padding: 0), padding: 0), padding: 0);
        if (network.Options.Variant == FcnVariant.Fcn32s)
        {
            return NaiveMaps.Crop(Upsample("upscore", score, 32), compact ? 0 : 19, height, width);
        }

        score = Fuse(Upsample("upscore", score, 2), Convolve("score_4b.0", NaiveMaps.Scale(pools[3], atOnce ? 0.01 : 1), 0), 5);
        if (network.Options.Variant == FcnVariant.Fcn16s)
        {
            return NaiveMaps.Crop(Upsample("upscore_4b", score, 16), compact ? 0 : 27, height, width);
        }

        score = Fuse(Upsample("upscore_4b", score, 2), Convolve("score_3b.0", NaiveMaps.Scale(pools[2], atOnce ? 0.0001 : 1), 0), 9);
        return NaiveMaps.Crop(Upsample("upscore_3b", score, 8), compact ? 0 : 31, height, width);

        double[,,] Rectified(string name, double[,,] map, int padding)
        {
            map = Convolve(name, map, padding);
            return NaiveMaps.Rectify(network.Options.Trunk is VggTrunkOptions { BatchNorm: true }
                ? NaiveMaps.BatchNorm(map, part => network[$"{name}.bn.{part}"])
                : map);
        }

        double[,,] Convolve(string name, double[,,] map, int padding) =>
            NaiveMaps.Convolve(map, network[$"{name}.weight"], network[$"{name}.bias"], padding: padding);

        double[,,] Upsample(string name, double[,,] map, int stride) => NaiveMaps.Upsample(
            map, network[$"{name}.weight"], compact ? network[$"{name}.bias"] : null, stride, compact ? stride / 2 : 0);

        double[,,] Fuse(double[,,] coarse, double[,,] skip, int offset) =>
            NaiveMaps.Add(coarse, NaiveMaps.Crop(skip, compact ? 0 : offset, coarse.GetLength(1), coarse.GetLength(2)));
    }
}

using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Tests.Support;

/// <summary>A reference implementation of the networks with <see cref="NaiveMaps"/>. It shares only the names of the tensors with the
/// library.</summary>
internal static class NaiveFcn
{
    /// <summary>The scores of a picture, normalised as the network's card states.</summary>
    public static ScoreMap Score(FcnNetwork network, RgbImage picture) =>
        NaiveMaps.ToScoreMap(Score(network, NaiveMaps.Of(picture, network.Card.Normalization!)));

    /// <summary>The scores of normalised values, (3, height, width).</summary>
    public static ScoreMap Score(FcnNetwork network, float[] input, int height, int width) => NaiveMaps.ToScoreMap(
        Score(network, NaiveMaps.Of(3, height, width, (c, row, column) => input[(((c * height) + row) * width) + column])));

    private static double[,,] Score(FcnNetwork network, double[,,] image)
    {
        var (height, width) = (image.GetLength(1), image.GetLength(2));
        if (network.Options is not FcnOptions options)
        {
            var (_, _, _, layer4) = ResNet((ResNetTrunkOptions)network.Options.Trunk, image, isDilated: true);
            var reduced = Normed("classifier.", "0", "1", layer4, 1, 1, true);
            return NaiveMaps.Resize(Convolve("classifier.4", reduced, padding: 0), height, width);
        }

        var (compact, atOnce) = (options.Layout == FcnLayout.Compact, options.AtOnce);
        var x = compact ? NaiveMaps.Pad(image, 32) : image;
        var (stride4, stride8, stride16, stride32) = options.Trunk is ResNetTrunkOptions resNet
            ? ResNet(resNet, x, isDilated: false)
            : Vgg();

        var score = Convolve("fc8", stride32, padding: 0);
        if (options.Variant == FcnVariant.Fcn32s)
        {
            return NaiveMaps.Crop(Upsample("upscore", score, 32), compact ? 0 : 19, height, width);
        }

        score = Fuse(Upsample("upscore", score, 2), Convolve("score_4b.0", NaiveMaps.Scale(stride16, atOnce ? 0.01 : 1), 0), 5);
        if (options.Variant == FcnVariant.Fcn16s)
        {
            return NaiveMaps.Crop(Upsample("upscore_4b", score, 16), compact ? 0 : 27, height, width);
        }

        score = Fuse(Upsample("upscore_4b", score, 2), Convolve("score_3b.0", NaiveMaps.Scale(stride8, atOnce ? 0.0001 : 1), 0), 9);
        if (options.Variant == FcnVariant.Fcn8s)
        {
            return NaiveMaps.Crop(Upsample("upscore_3b", score, 8), compact ? 0 : 31, height, width);
        }

        score = Fuse(Upsample("upscore_3b", score, 2), Convolve("score_2b.0", stride4, 0), 0);
        return NaiveMaps.Crop(Upsample("upscore_2b", score, 4), 0, height, width);

        (double[,,] Pool2, double[,,] Pool3, double[,,] Pool4, double[,,] Fc7) Vgg()
        {
            var (map, pools) = (x, new List<double[,,]>());
            int[] counts = [2, 2, 3, 3, 3];
            for (var stage = 0; stage < counts.Length; stage++)
            {
                for (var i = 0; i < counts[stage]; i++)
                {
                    map = Rectified($"conv{stage + 1}.{2 * i}", map, padding: !compact && (stage, i) == (0, 0) ? 100 : 1);
                }

                map = NaiveMaps.MaxPool(map, kernel: 2, stride: 2, padding: 0, ceil: true);
                pools.Add(map);
            }

            return (pools[1], pools[2], pools[3], Rectified("fc7.0", Rectified("fc6.0", map, padding: 0), padding: 0));
        }

        (double[,,] Layer1, double[,,] Layer2, double[,,] Layer3, double[,,] Layer4) ResNet(
            ResNetTrunkOptions trunk, double[,,] input, bool isDilated)
        {
            var stem = Normed("backbone.", "conv1", "bn1", input, 2, 3, true);
            var map = NaiveMaps.MaxPool(stem, kernel: 3, stride: 2, padding: 1, ceil: false);
            var layers = new List<double[,,]>();
            int[] blocks = [trunk.Blocks.Stage1, trunk.Blocks.Stage2, trunk.Blocks.Stage3, trunk.Blocks.Stage4];
            for (var stage = 1; stage <= blocks.Length; stage++)
            {
                for (var i = 0; i < blocks[stage - 1]; i++)
                {
                    var name = $"backbone.layer{stage}.{i}.";
                    var keeps = stage == 1 || i > 0 || (isDilated && stage > 2);
                    int[] dilations = isDilated ? [1, 1, i == 0 ? 1 : 2, i == 0 ? 2 : 4] : [1, 1, 1, 1];
                    map = Block(name, map, keeps ? 1 : 2, dilations[stage - 1], trunk.Block == ResNetBlock.Bottleneck);
                }

                layers.Add(map);
            }

            return (layers[0], layers[1], layers[2], layers[3]);
        }

        double[,,] Block(string name, double[,,] map, int stride, int dilation, bool isBottleneck)
        {
            var residual = isBottleneck
                ? Normed(name, "conv3", "bn3", Middle(), 1, 0, false)
                : Normed(name, "conv2", "bn2", Normed(name, "conv1", "bn1", map, stride, 1, true), 1, 1, false);
            var isChanged = residual.GetLength(0) != map.GetLength(0) || stride > 1;
            var shortcut = isChanged ? Normed(name, "downsample.0", "downsample.1", map, stride, 0, false) : map;
            return NaiveMaps.Rectify(NaiveMaps.Add(residual, shortcut));

            double[,,] Middle() =>
                Normed(name, "conv2", "bn2", Normed(name, "conv1", "bn1", map, 1, 0, true), stride, dilation, true, dilation);
        }

        double[,,] Normed(
            string prefix, string name, string norm, double[,,] map, int stride, int padding, bool isRectified, int dilation = 1)
        {
            var bias = network.Options.Trunk.BatchNorm ? null : network[$"{prefix}{name}.bias"];
            map = NaiveMaps.Convolve(map, network[$"{prefix}{name}.weight"], bias, stride, dilation, padding);
            map = bias is null ? NaiveMaps.BatchNorm(map, part => network[$"{prefix}{norm}.{part}"]) : map;
            return isRectified ? NaiveMaps.Rectify(map) : map;
        }

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

using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>VGG-16 as a graph: five stages of 3x3 convolutions with ReLU, each followed by a 2x2 max pool that rounds up, then fc6 and
/// fc7.</summary>
internal static class VggTrunkGraph
{
    private static readonly int[] ConvolutionsPerStage = [2, 2, 3, 3, 3];

    /// <summary>The features at strides 4, 8, 16 and 32: pool2, pool3, pool4 and fc7.</summary>
    /// <param name="trunk">Widths and normalisation.</param>
    /// <param name="picture">Input of the first convolution.</param>
    /// <param name="firstPadding">Zero cells that the first convolution adds on each side.</param>
    /// <param name="fc6Kernel">Side of fc6's kernel: 1 or 7.</param>
    public static TrunkGraphFeatures Of(
        VggTrunkOptions trunk, GraphNode picture, int firstPadding, int fc6Kernel)
    {
        var widths = trunk.Widths;
        int[] stageWidths = [widths.Stage1, widths.Stage2, widths.Stage3, widths.Stage4, widths.Stage5];
        var pools = new GraphNode[stageWidths.Length];
        var map = picture;
        for (var stage = 0; stage < stageWidths.Length; stage++)
        {
            for (var i = 0; i < ConvolutionsPerStage[stage]; i++)
            {
                map = Rectified($"conv{stage + 1}.{2 * i}", map, stageWidths[stage], kernel: 3, map == picture ? firstPadding : 1);
            }

            map = pools[stage] = new MaxPoolNode($"pool{stage + 1}", map, kernel: 2, stride: 2) { Ceil = true };
        }

        var fc6 = Rectified("fc6.0", map, widths.Head, fc6Kernel, padding: 0);
        return new TrunkGraphFeatures(pools[1], pools[2], pools[3], Rectified("fc7.0", fc6, widths.Head, kernel: 1, padding: 0));

        ConvolutionNode Rectified(string name, GraphNode input, int channels, int kernel, int padding) => new(name, input, channels, kernel)
        {
            Padding = padding,
            Norm = trunk.BatchNorm ? $"{name}.bn" : null,
            Relu = true,
        };
    }
}

using FcnSharp.Networks.Graphs;

namespace FcnSharp.Networks;

/// <summary>A ResNet's convolutional part as a graph, under torchvision's names.</summary>
internal static class ResNetTrunkGraph
{
    /// <summary>Prefix of every name.</summary>
    public const string Prefix = "backbone.";

    private const int BottleneckExpansion = 4;

    /// <summary>The features of the four stages: at strides 4, 8, 16 and 32, or 4, 8, 8 and 8 if the trunk is dilated.</summary>
    /// <param name="trunk">Blocks and widths.</param>
    /// <param name="picture">Input of the first convolution.</param>
    /// <param name="isDilated">Whether the last two stages keep the stride and dilate their kernels instead: torchvision's
    /// <c>replace_stride_with_dilation</c>, where the first block of a stage keeps the dilation of the stage before.</param>
    public static TrunkGraphFeatures Of(ResNetTrunkOptions trunk, GraphNode picture, bool isDilated = false)
    {
        var stem = Convolution(trunk, "conv1", picture, trunk.Width, kernel: 7, stride: 2, relu: true);             // 1 -> 2
        var pool = new MaxPoolNode($"{Prefix}maxpool", stem, kernel: 3, stride: 2) { Padding = 1 };                 // 2 -> 4
        var stride4 = Stage(trunk, 1, pool, trunk.Blocks.Stage1, stride: 1);
        var stride8 = Stage(trunk, 2, stride4, trunk.Blocks.Stage2, stride: 2);                                     // 4 -> 8
        if (isDilated)
        {
            var layer3 = Stage(trunk, 3, stride8, trunk.Blocks.Stage3, stride: 1, firstDilation: 1, dilation: 2);   // 8
            var layer4 = Stage(trunk, 4, layer3, trunk.Blocks.Stage4, stride: 1, firstDilation: 2, dilation: 4);    // 8
            return new TrunkGraphFeatures(stride4, stride8, layer3, layer4);
        }

        var stride16 = Stage(trunk, 3, stride8, trunk.Blocks.Stage3, stride: 2);                                    // 8 -> 16
        var stride32 = Stage(trunk, 4, stride16, trunk.Blocks.Stage4, stride: 2);                                   // 16 -> 32
        return new TrunkGraphFeatures(stride4, stride8, stride16, stride32);
    }

    private static GraphNode Stage(
        ResNetTrunkOptions trunk, int stage, GraphNode map, int blocks, int stride, int firstDilation = 1, int dilation = 1)
    {
        var planes = trunk.Width << (stage - 1);
        for (var i = 0; i < blocks; i++)
        {
            map = Block(trunk, $"layer{stage}.{i}", map, planes, i == 0 ? stride : 1, i == 0 ? firstDilation : dilation);
        }

        return map;
    }

    /// <summary>A residual block: convolutions whose output is added to their input, or to a 1x1 convolution of the input where the shape
    /// changes.</summary>
    private static AddNode Block(ResNetTrunkOptions trunk, string name, GraphNode map, int planes, int stride, int dilation)
    {
        var channels = trunk.Block == ResNetBlock.Basic ? planes : BottleneckExpansion * planes;
        GraphNode residual;
        if (trunk.Block == ResNetBlock.Basic)
        {
            var first = Convolution(trunk, $"{name}.conv1", map, planes, kernel: 3, stride, dilation, relu: true);
            residual = Convolution(trunk, $"{name}.conv2", first, planes, kernel: 3, dilation: dilation);
        }
        else
        {
            var narrow = Convolution(trunk, $"{name}.conv1", map, planes, kernel: 1, relu: true);
            var middle = Convolution(trunk, $"{name}.conv2", narrow, planes, kernel: 3, stride, dilation, relu: true);
            residual = Convolution(trunk, $"{name}.conv3", middle, channels, kernel: 1);
        }

        var shortcut = stride > 1 || map.Channels != channels
            ? Convolution(trunk, $"{name}.downsample.0", map, channels, kernel: 1, stride)
            : map;
        return new AddNode($"{Prefix}{name}", residual, shortcut) { Relu = true };
    }

    private static ConvolutionNode Convolution(
        ResNetTrunkOptions trunk, string name, GraphNode input, int channels, int kernel, int stride = 1, int dilation = 1,
        bool relu = false) =>
        new($"{Prefix}{name}", input, channels, kernel)
        {
            Stride = stride,
            Dilation = dilation,
            Padding = dilation * (kernel / 2),
            HasBias = !trunk.BatchNorm,
            Norm = trunk.BatchNorm ? Prefix + NormOf(name) : null,
            Relu = relu,
        };

    /// <summary>torchvision's name of the norm after a convolution: <c>bn1</c> after <c>conv1</c>, <c>1</c> after <c>0</c>.</summary>
    public static string NormOf(string convolution) => convolution.EndsWith(".0", StringComparison.Ordinal)
        ? $"{convolution[..^1]}1"
        : convolution.Replace("conv", "bn", StringComparison.Ordinal);
}

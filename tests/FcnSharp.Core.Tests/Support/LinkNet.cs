using FcnSharp.Networks.Graphs;

namespace FcnSharp.Tests.Support;

/// <summary>
/// A network that is not an FCN: an encoder of residual blocks, and a decoder that adds the encoder's maps to upsampled ones (Chaurasia and
/// Culurciello, "LinkNet", 2017), at 4 to 12 channels.
/// </summary>
internal static class LinkNet
{
    public static NetworkGraph Graph(int classes)
    {
        var image = new ImageNode();
        var stem = Rectified("stem", new PadNode("padded", image, 8), 6, kernel: 7, stride: 2);              // stride 2
        var pooled = new MaxPoolNode("pool", stem, kernel: 3, stride: 2) { Padding = 1 };                    // 4
        var encoder1 = Block("encoder1", pooled, 6, stride: 1);
        var encoder2 = Block("encoder2", encoder1, 12, stride: 2);                                           // 8
        var encoder3 = Block("encoder3", encoder2, 12, stride: 1);

        var decoder2 = new AddNode("decoder2", Upsampled("up2", encoder3, 6), encoder1);                     // 8 -> 4
        var decoder1 = new AddNode("decoder1", stem, Upsampled("up1", decoder2, 6)) { Relu = true };         // 4 -> 2
        var scores = new TransposedConvolutionNode("scores", decoder1, classes, kernel: 2, stride: 2);       // 2 -> 1
        return new NetworkGraph(new CropNode("cropped", scores, offset: 0, image));
    }

    private static ConvolutionNode Rectified(string name, GraphNode input, int channels, int kernel, int stride = 1) =>
        new(name, input, channels, kernel) { Stride = stride, Padding = kernel / 2, HasBias = false, Norm = $"{name}.bn", Relu = true };

    private static AddNode Block(string name, GraphNode input, int channels, int stride)
    {
        var first = Rectified($"{name}.conv1", input, channels, kernel: 3, stride);
        var second = Normalised($"{name}.conv2", first, kernel: 3, padding: 1, stride: 1);
        var shortcut = stride == 1 ? input : Normalised($"{name}.downsample", input, kernel: 1, padding: 0, stride);
        return new AddNode(name, second, shortcut) { Relu = true };

        ConvolutionNode Normalised(string layer, GraphNode from, int kernel, int padding, int stride) =>
            new(layer, from, channels, kernel) { Stride = stride, Padding = padding, HasBias = false, Norm = $"{layer}.bn" };
    }

    private static TransposedConvolutionNode Upsampled(string name, GraphNode input, int channels) =>
        new($"{name}.upsampling", Rectified($"{name}.conv", input, 4, kernel: 1), channels, kernel: 4, stride: 2) { Padding = 1 };
}

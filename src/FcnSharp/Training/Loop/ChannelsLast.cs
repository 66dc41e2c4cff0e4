using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>
/// The memory layout in which the channels of a pixel are contiguous, PyTorch's channels_last. oneDNN convolves it directly, while it
/// converts the default layout before and after every convolution; the output of a layer has the same layout as its input.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>The fewest input channels of a strided convolution in this layout. With fewer, the backward pass of libtorch 2.10 writes
    /// out of bounds on processors with AVX2 but without AVX-512.</summary>
    private const int FewestStridedChannels = 8;

    /// <summary>Whether a network can be trained in this layout. Convolutions of the picture are safe: it has no gradient.</summary>
    public static bool Suits(NetworkOptions network) => !network.ToGraph().Nodes.OfType<ConvolutionNode>().Any(node =>
        node.Stride > 1 && node.Input is not (ImageNode or PadNode) && node.Input.Channels < FewestStridedChannels);

    /// <summary>A copy of a (N, C, H, W) tensor in this layout, of the same shape, in the caller's dispose scope.</summary>
    public static Tensor Of(Tensor map) => map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}

using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>
/// The memory layout in which the channels of a pixel lie side by side, PyTorch's channels_last. oneDNN convolves it as it is, where it
/// copies the usual layout into one of its own before every convolution and back after it; what a layer makes of such a map is laid out so,
/// too.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>A copy of a (N, C, H, W) tensor in this layout, of the same shape, in the caller's dispose scope.</summary>
    public static Tensor Of(Tensor map) => map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}

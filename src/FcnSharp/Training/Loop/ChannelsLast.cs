using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>
/// The memory layout in which the channels of a pixel are contiguous, PyTorch's channels_last. oneDNN convolves it directly, while it
/// converts the default layout before and after every convolution; the output of a layer has the same layout as its input.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>A copy of a (N, C, H, W) tensor in this layout, of the same shape, in the caller's dispose scope.</summary>
    public static Tensor Of(Tensor map) => map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
}

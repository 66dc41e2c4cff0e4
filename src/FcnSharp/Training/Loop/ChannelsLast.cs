using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Loop;

/// <summary>
/// The memory layout in which the channels of a pixel lie side by side, PyTorch's channels_last. oneDNN convolves it as it is, where it copies the
/// usual layout into one of its own before every convolution and back after it. Shapes stay the same; results differ by rounding alone.
/// </summary>
internal static class ChannelsLast
{
    /// <summary>A copy of a (N, C, H, W) tensor in this layout, in the caller's dispose scope.</summary>
    public static Tensor Of(Tensor map) => map.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>Lays a module's kernels out so; then what it computes from such a tensor is laid out so, too.</summary>
    public static void Arrange(Module module)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        foreach (var kernel in module.parameters().Where(parameter => parameter.dim() == 4))
        {
            kernel.set_(Of(kernel.detach()));
        }
    }
}

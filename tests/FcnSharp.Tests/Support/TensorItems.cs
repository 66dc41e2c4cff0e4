using FcnSharp.Models;
using static TorchSharp.torch;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>What a tensor of one number holds, without the temporary scalar that TorchSharp's own readers leave to the garbage
/// collector.</summary>
internal static class TensorItems
{
    public static double Number(this Tensor tensor) => TensorValues.Number(tensor);

    public static T Item<T>(this Tensor tensor)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        using var values = tensor.detach().cpu().contiguous().data<T>();
        return values.ToArray()[0];
    }
}

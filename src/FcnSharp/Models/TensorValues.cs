using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>Copies the values of tensors to managed arrays, in row-major order.</summary>
internal static class TensorValues
{
    /// <summary>Copies from any device and any floating-point type.</summary>
    public static float[] Floats(Tensor tensor) => Read<float>(tensor, ScalarType.Float32);

    /// <summary>Copies from any device and any type whose values fit a byte.</summary>
    public static byte[] Bytes(Tensor tensor) => Read<byte>(tensor, ScalarType.Byte);

    /// <summary>Reads a tensor of one number, from any device and any type.</summary>
    /// <remarks>Replaces TorchSharp's <c>item</c> and <c>ToDouble</c>, which read a temporary scalar that the garbage collector may free
    /// while native code reads it (TorchSharp 0.107).</remarks>
    public static double Number(Tensor tensor) => Read<double>(tensor, ScalarType.Float64)[0];

    private static T[] Read<T>(Tensor tensor, ScalarType type)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        var local = tensor.detach().to(type).cpu().contiguous();
        using var values = local.data<T>();
        var array = GC.AllocateUninitializedArray<T>(checked((int)local.numel()));
        values.CopyTo(array.AsSpan());
        return array;
    }
}

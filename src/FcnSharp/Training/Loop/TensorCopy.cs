using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace FcnSharp.Training.Loop;

/// <summary>Copies managed arrays to tensors.</summary>
internal static class TensorCopy
{
    /// <summary>Overwrites a float tensor on any device.</summary>
    public static void Into(Tensor target, ReadOnlySpan<float> values)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        target.copy_(Floats(values, target.shape));
    }

    /// <summary>Creates a float tensor on the CPU, in the caller's dispose scope.</summary>
    public static Tensor Floats(ReadOnlySpan<float> values, params ReadOnlySpan<long> shape)
    {
        var copy = empty(shape, dtype: ScalarType.Float32);
        MemoryMarshal.AsBytes(values).CopyTo(copy.bytes);
        return copy;
    }

    /// <summary>Creates a byte tensor on the CPU, in the caller's dispose scope.</summary>
    public static Tensor Bytes(ReadOnlySpan<byte> values, params ReadOnlySpan<long> shape)
    {
        var copy = empty(shape, dtype: ScalarType.Byte);
        values.CopyTo(copy.bytes);
        return copy;
    }
}

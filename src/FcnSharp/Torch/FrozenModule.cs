using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Support;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch;

/// <summary>Creates modules for inference.</summary>
internal static class FrozenModule
{
    private const float LargestHalf = 65504;

    /// <summary>Creates the module of a network, with batch norm folded, in evaluation mode, on a device and in a precision.</summary>
    /// <exception cref="ArgumentException">Half precision is requested, and a weight is beyond its range.</exception>
    public static Module<Tensor, Tensor> Create(FcnNetwork network, Device device, ScalarType precision)
    {
        var plain = network.FoldBatchNorm();
        if (precision == ScalarType.Float16)
        {
            CheckRange(plain);
        }

        var module = FcnModule.From(plain);
        try
        {
            return module.to(device, precision);
        }
        catch
        {
            module.Dispose();
            throw;
        }
    }

    private static void CheckRange(FcnNetwork network)
    {
        foreach (var tensor in network.Tensors)
        {
            var values = tensor.Values.Span;
            if (values.IndexOfAnyExceptInRange(-LargestHalf, LargestHalf) is >= 0 and var index)
            {
                throw new ArgumentException(
                    Guard.Text($"{tensor.Name} has the value {values[index]}, beyond the {LargestHalf} that half precision reaches. " +
                        $"Leave {nameof(TorchEngineOptions.HalfPrecision)} false."),
                    nameof(network));
            }
        }
    }
}

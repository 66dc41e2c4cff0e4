using FcnSharp.Models;
using FcnSharp.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch;

/// <summary>A network as a module that only answers.</summary>
internal static class FrozenModule
{
    /// <summary>The module of the network's variant, batch norm folded, in evaluation mode, on a device and in a precision.</summary>
    public static Module<Tensor, Tensor> Create(FcnNetwork network, Device device, ScalarType precision)
    {
        var plain = network.FoldBatchNorm();
        Module<Tensor, Tensor> module = plain.Options.Variant switch
        {
            FcnVariant.Fcn8s => FCN8s.From(plain),
            FcnVariant.Fcn16s => FCN16s.From(plain),
            _ => FCN32s.From(plain),
        };

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
}

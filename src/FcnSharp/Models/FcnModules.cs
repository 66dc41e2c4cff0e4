using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>The module of a network, whichever variant it is.</summary>
internal static class FcnModules
{
    /// <summary>A module with random weights, on the CPU and in training mode.</summary>
    public static Module<Tensor, Tensor> Create(NetworkOptions options, FcnLearningOptions? learning) => options switch
    {
        FcnOptions { Variant: FcnVariant.Fcn4s } fcn => new FCN4s(fcn, learning),
        FcnOptions { Variant: FcnVariant.Fcn8s } fcn => new FCN8s(fcn, learning),
        FcnOptions { Variant: FcnVariant.Fcn16s } fcn => new FCN16s(fcn, learning),
        FcnOptions fcn => new FCN32s(fcn, learning),
        DilatedFcnOptions dilated => new FCNResNet(dilated, learning),
        _ => throw new ArgumentException(
            $"There is no TorchSharp module for a {options.Kind} of an ONNX file. CpuEngine runs it; to train, start from a network of " +
            "this library.", nameof(options)),
    };

    /// <summary>A module with a network's weights, on the CPU and in evaluation mode.</summary>
    public static Module<Tensor, Tensor> From(FcnNetwork network, FcnLearningOptions? learning = null) =>
        StateDictTransfer.Loaded(Create(network.Options, learning), network);
}

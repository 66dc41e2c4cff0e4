using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>The module of a network, whichever variant it is.</summary>
internal static class FcnModules
{
    /// <summary>A module with random weights, on the CPU and in training mode.</summary>
    public static Module<Tensor, Tensor> Create(FcnOptions options, FcnLearningOptions? learning) => options.Variant switch
    {
        FcnVariant.Fcn4s => new FCN4s(options, learning),
        FcnVariant.Fcn8s => new FCN8s(options, learning),
        FcnVariant.Fcn16s => new FCN16s(options, learning),
        _ => new FCN32s(options, learning),
    };

    /// <summary>A module with a network's weights, on the CPU and in evaluation mode.</summary>
    public static Module<Tensor, Tensor> From(FcnNetwork network, FcnLearningOptions? learning = null) =>
        StateDictTransfer.Loaded(Create(network.Options, learning), network);
}

using FcnSharp.Models;
using FcnSharp.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Training.Loop;

/// <summary>Makes the module of a stage, on the CPU and in training mode.</summary>
internal static class StageModule
{
    public static Module<Tensor, Tensor> Create(FcnOptions options, FcnLearningOptions learning) => options.Variant switch
    {
        FcnVariant.Fcn8s => new FCN8s(options, learning),
        FcnVariant.Fcn16s => new FCN16s(options, learning),
        _ => new FCN32s(options, learning),
    };

    /// <summary>Starts a module where the network of the stage before ended.</summary>
    public static void StartFrom(Module module, FcnOptions options, FcnNetwork coarser, FcnLearningOptions learning)
    {
        using var source = StateDictTransfer.Loaded(Create(coarser.Options, learning), coarser);
        StagedInitialization.Run(module, options, source, coarser.Options);
    }
}

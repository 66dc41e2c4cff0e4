using FcnSharp.Models;
using FcnSharp.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>The public modules, by variant.</summary>
internal static class FcnModule
{
    public static Module<Tensor, Tensor> New(NetworkOptions options, FcnLearningOptions? learning = null) => options switch
    {
        FcnOptions { Variant: FcnVariant.Fcn4s } fcn => new FCN4s(fcn, learning),
        FcnOptions { Variant: FcnVariant.Fcn8s } fcn => new FCN8s(fcn, learning),
        FcnOptions { Variant: FcnVariant.Fcn16s } fcn => new FCN16s(fcn, learning),
        FcnOptions fcn => new FCN32s(fcn, learning),
        _ => new FCNResNet((DilatedFcnOptions)options, learning),
    };

    /// <summary>In evaluation mode.</summary>
    public static Module<Tensor, Tensor> From(FcnNetwork network, FcnLearningOptions? learning = null) => network.Options switch
    {
        FcnOptions { Variant: FcnVariant.Fcn4s } => FCN4s.From(network, learning),
        FcnOptions { Variant: FcnVariant.Fcn8s } => FCN8s.From(network, learning),
        FcnOptions { Variant: FcnVariant.Fcn16s } => FCN16s.From(network, learning),
        FcnOptions => FCN32s.From(network, learning),
        _ => FCNResNet.From(network, learning),
    };

    public static FcnNetwork ToNetwork(Module<Tensor, Tensor> module) => module switch
    {
        FCN4s fcn4s => fcn4s.ToNetwork(),
        FCN8s fcn8s => fcn8s.ToNetwork(),
        FCN16s fcn16s => fcn16s.ToNetwork(),
        FCN32s fcn32s => fcn32s.ToNetwork(),
        _ => ((FCNResNet)module).ToNetwork(),
    };

    /// <summary>The scores of row-major (N, 3, height, width) values.</summary>
    public static float[] Score(Module<Tensor, Tensor> module, ReadOnlyMemory<float> values, int height, int width)
    {
        using var scope = NewDisposeScope();
        using var untracked = no_grad();
        var scores = module.call(tensor(values.ToArray()).reshape(-1, 3, height, width));
        Assert.Equal(height, scores.size(2));
        Assert.Equal(width, scores.size(3));
        return scores.data<float>().ToArray();
    }
}

using FcnSharp.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>VGG-16's five stages, and fc6 and fc7 as convolutions.</summary>
internal sealed class VggTrunk : Trunk
{
    // Static: a scalar in an instance field may be freed while native code reads it.
    private static readonly Scalar AtOncePool3Scale = FcnOptions.AtOncePool3Scale;
    private static readonly Scalar AtOncePool4Scale = FcnOptions.AtOncePool4Scale;

    public required NormedConvolution[][] Stages { get; init; }

    public required NormedConvolution Fc6 { get; init; }

    public required Module<Tensor, Tensor> Dropout6 { get; init; }

    public required NormedConvolution Fc7 { get; init; }

    public required Module<Tensor, Tensor> Dropout7 { get; init; }

    /// <summary>Whether the skips are scaled, as in networks whose skips are trained all at once.</summary>
    public required bool ScaleSkips { get; init; }

    public override TrunkFeatures Run(Tensor images)
    {
        var pool1 = RunStage(0, images);
        var pool2 = RunStage(1, pool1);
        var pool3 = RunStage(2, pool2);
        var pool4 = RunStage(3, pool3);
        var pool5 = RunStage(4, pool4);

        var fc6 = Dropout6.call(Fc6.Run(pool5));
        var fc7 = Dropout7.call(Fc7.Run(fc6));
        return ScaleSkips
            ? new TrunkFeatures(pool2, pool3.mul(AtOncePool3Scale), pool4.mul(AtOncePool4Scale), fc7)
            : new TrunkFeatures(pool2, pool3, pool4, fc7);
    }

    /// <summary>Computes a stage in a separate dispose scope, since only the pooled map is needed afterwards, not the larger maps before
    /// it.</summary>
    private Tensor RunStage(int stage, Tensor map)
    {
        using var scope = NewDisposeScope();
        foreach (var convolution in Stages[stage])
        {
            map = convolution.Run(map);
        }

        return functional.max_pool2d(map, kernel_size: 2, stride: 2, ceil_mode: true).MoveToOuterDisposeScope();
    }
}

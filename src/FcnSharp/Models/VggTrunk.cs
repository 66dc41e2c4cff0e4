using FcnSharp.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>
/// What the three networks share: VGG-16's five stages, and fc6 and fc7 turned into convolutions. Its layers are registered in the network
/// itself, under the names of the state dict, so it is no module.
/// </summary>
internal sealed class VggTrunk
{
    // Static: a scalar that only a field of an instance holds may be freed while native code reads it.
    private static readonly Scalar AtOncePool3Scale = FcnGraph.AtOncePool3Scale;
    private static readonly Scalar AtOncePool4Scale = FcnGraph.AtOncePool4Scale;

    public required RectifiedConvolution[][] Stages { get; init; }

    public required RectifiedConvolution Fc6 { get; init; }

    public required Module<Tensor, Tensor> Dropout6 { get; init; }

    public required RectifiedConvolution Fc7 { get; init; }

    public required Module<Tensor, Tensor> Dropout7 { get; init; }

    /// <summary>Whether the skips are scaled, as in networks that are trained at once.</summary>
    public required bool ScaleSkips { get; init; }

    /// <summary>The features of a batch, in the caller's dispose scope.</summary>
    public TrunkFeatures Run(Tensor images)
    {
        var pool1 = RunStage(0, images);
        var pool2 = RunStage(1, pool1);
        var pool3 = RunStage(2, pool2);
        var pool4 = RunStage(3, pool3);
        var pool5 = RunStage(4, pool4);

        var fc6 = Dropout6.call(Fc6.call(pool5));
        var fc7 = Dropout7.call(Fc7.call(fc6));
        return ScaleSkips
            ? new TrunkFeatures(pool3.mul(AtOncePool3Scale), pool4.mul(AtOncePool4Scale), fc7)
            : new TrunkFeatures(pool3, pool4, fc7);
    }

    /// <summary>A stage in a scope of its own: its full-size maps are the largest, and only the pooled one is needed afterwards.</summary>
    private Tensor RunStage(int stage, Tensor map)
    {
        using var scope = NewDisposeScope();
        foreach (var convolution in Stages[stage])
        {
            map = convolution.call(map);
        }

        return functional.max_pool2d(map, kernel_size: 2, stride: 2, ceil_mode: true).MoveToOuterDisposeScope();
    }
}

/// <summary>What the score layers read.</summary>
/// <param name="Pool3">(N, Stage3, h, w) at stride 8; scaled in networks whose skips are trained at once.</param>
/// <param name="Pool4">(N, Stage4, h, w) at stride 16; scaled likewise.</param>
/// <param name="Fc7">(N, Head, h, w) at stride 32.</param>
internal readonly record struct TrunkFeatures(Tensor Pool3, Tensor Pool4, Tensor Fc7);

using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FcnSharp.Models;

/// <summary>A ResNet up to its last residual block.</summary>
internal sealed class ResNetTrunk : Trunk
{
    public required NormedConvolution Stem { get; init; }

    public required ResidualBlock[][] Stages { get; init; }

    public override TrunkFeatures Run(Tensor images)
    {
        var layer1 = RunStage(0, Pooled(images));                                                          // stride 4
        var layer2 = RunStage(1, layer1);                                                                  // stride 8
        var layer3 = RunStage(2, layer2);                                                                  // stride 16
        var layer4 = RunStage(3, layer3);                                                                  // stride 32
        return new TrunkFeatures(layer1, layer2, layer3, layer4);
    }

    private Tensor Pooled(Tensor images)
    {
        using var scope = NewDisposeScope();
        return functional.max_pool2d(Stem.Run(images), kernel_size: 3, stride: 2, padding: 1).MoveToOuterDisposeScope();
    }

    private Tensor RunStage(int stage, Tensor map)
    {
        foreach (var block in Stages[stage])
        {
            map = block.Run(map);
        }

        return map;
    }
}

/// <summary>A residual block: convolutions whose output is added to their input.</summary>
/// <param name="Convolutions">Two or three convolutions in sequence.</param>
/// <param name="Shortcut">The convolution of the input before the sum; null if the shapes are equal.</param>
internal sealed record ResidualBlock(NormedConvolution[] Convolutions, NormedConvolution? Shortcut)
{
    // The operator + creates a temporary scalar for this factor, which may be freed while native code reads it (TorchSharp 0.107).
    private static readonly Scalar One = 1f;

    /// <summary>The rectified sum, in the caller's dispose scope.</summary>
    public Tensor Run(Tensor map)
    {
        using var scope = NewDisposeScope();
        var residual = map;
        foreach (var convolution in Convolutions)
        {
            residual = convolution.Run(residual);
        }

        return residual.add_(Shortcut?.Run(map) ?? map, One).relu_().MoveToOuterDisposeScope();
    }
}

/// <summary>torchvision's head.</summary>
/// <param name="Features">A 3x3 convolution to a quarter of the channels.</param>
/// <param name="Dropout">Dropout of single values, in training.</param>
/// <param name="Scores">Class scores at the stride of the map.</param>
internal sealed record FcnHead(NormedConvolution Features, Module<Tensor, Tensor> Dropout, Conv2d Scores)
{
    /// <summary>The scores, in the caller's dispose scope.</summary>
    public Tensor Run(Tensor map) => Scores.call(Dropout.call(Features.Run(map)));
}

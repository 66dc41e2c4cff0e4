using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>Computes features of pictures. It is not a module: its layers are registered in the network itself, under the names of the
/// state dict.</summary>
internal abstract class Trunk
{
    /// <summary>Computes the features of a batch, in the caller's dispose scope.</summary>
    public abstract TrunkFeatures Run(Tensor images);
}

/// <summary>The inputs of the score layers: maps (N, channels, h, w) by their strides, in pixels.</summary>
internal readonly record struct TrunkFeatures(Tensor Stride4, Tensor Stride8, Tensor Stride16, Tensor Stride32);

using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>From a picture to features. Its layers are registered in the network itself, under the names of the state dict, so it is no
/// module.</summary>
internal abstract class Trunk
{
    /// <summary>The features of a batch, in the caller's dispose scope.</summary>
    public abstract TrunkFeatures Run(Tensor images);
}

/// <summary>What the score layers read: maps (N, channels, h, w) by their strides, in pixels.</summary>
internal readonly record struct TrunkFeatures(Tensor Stride4, Tensor Stride8, Tensor Stride16, Tensor Stride32);

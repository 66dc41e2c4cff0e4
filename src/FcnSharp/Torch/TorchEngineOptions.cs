using FcnSharp.Networks;

namespace FcnSharp.Torch;

/// <summary>How a <see cref="TorchEngine"/> works. Immutable; change a copy with <c>with</c>.</summary>
public sealed record TorchEngineOptions
{
    /// <summary>
    /// Whether to compute in 16-bit floating point: half the memory, and faster on GPUs made for it; scores carry about three digits.
    /// On CUDA devices only. The default is false.
    /// </summary>
    public bool HalfPrecision { get; init; }

    /// <summary>How bytes become input, for model files that do not say. Null, the default, takes the model file's; otherwise this one
    /// wins.</summary>
    public Normalization? Normalization { get; init; }
}

using FcnSharp.Networks;

namespace FcnSharp.Torch;

/// <summary>Precision and normalisation of a <see cref="TorchEngine"/>. Immutable; change a copy with <c>with</c>.</summary>
public sealed record TorchEngineOptions
{
    /// <summary>
    /// Whether to compute in 16-bit floating point: half the memory, and faster on GPUs with hardware support; scores have about three
    /// significant digits. CUDA devices only. The default is false.
    /// </summary>
    public bool HalfPrecision { get; init; }

    /// <summary>The normalisation of the input, which overrides that of the model file. Null, the default, means that of the model
    /// file.</summary>
    public Normalization? Normalization { get; init; }
}

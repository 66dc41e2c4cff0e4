using TorchSharp;
using static TorchSharp.torch;

namespace FcnSharp.Models;

/// <summary>Adds finer scores to upsampled coarser scores of the same stride.</summary>
internal static class SkipConnection
{
    // The operator + creates a temporary scalar for this factor, which may be freed while native code reads it (TorchSharp 0.107).
    private static readonly Scalar One = 1f;

    /// <param name="upsampled">(N, C, h, w).</param>
    /// <param name="skip">(N, C, H, W), larger by at least <paramref name="offset"/> on each side.</param>
    /// <param name="offset">Rows and columns of <paramref name="skip"/> to skip at the top and the left.</param>
    /// <returns>(N, C, h, w).</returns>
    public static Tensor Add(Tensor upsampled, Tensor skip, int offset) => upsampled.add(Crop.Like(skip, offset, upsampled), One);
}

using System.Numerics;

namespace FcnSharp.Engine.Fused;

/// <summary>What follows a matrix product: bias, and ReLU where there is one.</summary>
internal static unsafe class Epilogue
{
    /// <summary>target[r] = sums[r] + bias, rectified on demand, for whole vectors of channels.</summary>
    /// <param name="sums">(rows, <see cref="GemmKernel.PanelWidth"/>).</param>
    /// <param name="rows">Cells that are wanted.</param>
    /// <param name="bias">One for each channel.</param>
    /// <param name="target">The first cell's first channel.</param>
    /// <param name="targetStride">Floats from one cell to the next.</param>
    /// <param name="channels">Channels; a multiple of the vector's.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    public static void Store(float* sums, int rows, float* bias, float* target, nint targetStride, int channels, bool rectify)
    {
        var floor = Vector.Create(rectify ? 0 : float.NegativeInfinity);
        for (var row = 0; row < rows; row++, sums += GemmKernel.PanelWidth, target += targetStride)
        {
            for (var c = 0; c < channels; c += Vector<float>.Count)
            {
                Vector.Max(Vector.Load(sums + c) + Vector.Load(bias + c), floor).Store(target + c);
            }
        }
    }
}

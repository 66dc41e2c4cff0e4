using System.Numerics;

namespace FcnSharp.Engine;

/// <summary>The innermost loop of every layer: six cells times one packed panel of weights.</summary>
internal static unsafe class GemmKernel
{
    /// <summary>Cells taken at once: with two vectors of channels, twelve sums fill the sixteen registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Output channels of a panel.</summary>
    public static readonly int PanelWidth = 2 * Vector<float>.Count;

    /// <summary>result[r, c] (+)= sum over s and k of left[r * leftStride + s * segmentStride + k] * panel[s * depth + k, c].</summary>
    /// <param name="left">The first cell's first value.</param>
    /// <param name="leftStride">Floats from one cell to the next.</param>
    /// <param name="segments">Runs of consecutive values that a cell takes in: one for each row of a kernel.</param>
    /// <param name="segmentStride">Floats from one run to the next.</param>
    /// <param name="depth">Values in a run.</param>
    /// <param name="panel">(segments * depth, PanelWidth), row-major.</param>
    /// <param name="result">(Rows, PanelWidth) at the stride below.</param>
    /// <param name="resultStride">Floats from one row of the result to the next.</param>
    /// <param name="add">Whether to add to what is there.</param>
    public static void Run(
        float* left, nint leftStride, int segments, nint segmentStride, int depth, float* panel, float* result, nint resultStride, bool add)
    {
        Vector<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        Vector<float> s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        if (add)
        {
            Load(result, out s00, out s01);
            Load(result + resultStride, out s10, out s11);
            Load(result + (2 * resultStride), out s20, out s21);
            Load(result + (3 * resultStride), out s30, out s31);
            Load(result + (4 * resultStride), out s40, out s41);
            Load(result + (5 * resultStride), out s50, out s51);
        }

        for (var segment = 0; segment < segments; segment++, left += segmentStride)
        {
            // Two base pointers and two strides address all six cells.
            var upper = left;
            var lower = left + (3 * leftStride);
            for (var end = left + depth; upper < end; upper++, lower++)
            {
                var b0 = Vector.Load(panel);
                var b1 = Vector.Load(panel + Vector<float>.Count);
                panel += 2 * Vector<float>.Count;

                var a = Vector.Create(*upper);
                s00 = Vector.MultiplyAddEstimate(a, b0, s00);
                s01 = Vector.MultiplyAddEstimate(a, b1, s01);
                a = Vector.Create(upper[leftStride]);
                s10 = Vector.MultiplyAddEstimate(a, b0, s10);
                s11 = Vector.MultiplyAddEstimate(a, b1, s11);
                a = Vector.Create(upper[2 * leftStride]);
                s20 = Vector.MultiplyAddEstimate(a, b0, s20);
                s21 = Vector.MultiplyAddEstimate(a, b1, s21);
                a = Vector.Create(*lower);
                s30 = Vector.MultiplyAddEstimate(a, b0, s30);
                s31 = Vector.MultiplyAddEstimate(a, b1, s31);
                a = Vector.Create(lower[leftStride]);
                s40 = Vector.MultiplyAddEstimate(a, b0, s40);
                s41 = Vector.MultiplyAddEstimate(a, b1, s41);
                a = Vector.Create(lower[2 * leftStride]);
                s50 = Vector.MultiplyAddEstimate(a, b0, s50);
                s51 = Vector.MultiplyAddEstimate(a, b1, s51);
            }
        }

        Store(result, s00, s01);
        Store(result + resultStride, s10, s11);
        Store(result + (2 * resultStride), s20, s21);
        Store(result + (3 * resultStride), s30, s31);
        Store(result + (4 * resultStride), s40, s41);
        Store(result + (5 * resultStride), s50, s51);
    }

    private static void Load(float* at, out Vector<float> low, out Vector<float> high) =>
        (low, high) = (Vector.Load(at), Vector.Load(at + Vector<float>.Count));

    private static void Store(float* at, Vector<float> low, Vector<float> high)
    {
        low.Store(at);
        high.Store(at + Vector<float>.Count);
    }
}

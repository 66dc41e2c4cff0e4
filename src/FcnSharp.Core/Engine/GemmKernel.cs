using System.Runtime.Intrinsics;

namespace FcnSharp.Engine;

/// <summary>The innermost loop of every layer: six cells times one packed panel of weights.</summary>
internal static unsafe class GemmKernel
{
    /// <summary>Cells taken at once: with two registers of channels, twelve sums fill the sixteen registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Output channels of a panel.</summary>
    public static readonly int PanelWidth = 2 * (Vector512.IsHardwareAccelerated ? WideLanes.Count : StandardLanes.Count);

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
        if (Vector512.IsHardwareAccelerated)
        {
            Run<WideLanes>(left, leftStride, segments, segmentStride, depth, panel, result, resultStride, add);
        }
        else
        {
            Run<StandardLanes>(left, leftStride, segments, segmentStride, depth, panel, result, resultStride, add);
        }
    }

    private static void Run<T>(
        float* left, nint leftStride, int segments, nint segmentStride, int depth, float* panel, float* result, nint resultStride, bool add)
        where T : struct, ILanes<T>
    {
        T s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51;
        s00 = s01 = s10 = s11 = s20 = s21 = s30 = s31 = s40 = s41 = s50 = s51 = T.Zero;
        if (add)
        {
            (s00, s01) = (T.Load(result), T.Load(result + T.Count));
            (s10, s11) = (T.Load(result + resultStride), T.Load(result + resultStride + T.Count));
            (s20, s21) = (T.Load(result + (2 * resultStride)), T.Load(result + (2 * resultStride) + T.Count));
            (s30, s31) = (T.Load(result + (3 * resultStride)), T.Load(result + (3 * resultStride) + T.Count));
            (s40, s41) = (T.Load(result + (4 * resultStride)), T.Load(result + (4 * resultStride) + T.Count));
            (s50, s51) = (T.Load(result + (5 * resultStride)), T.Load(result + (5 * resultStride) + T.Count));
        }

        for (var segment = 0; segment < segments; segment++, left += segmentStride)
        {
            // Two base pointers and two strides address all six cells.
            var upper = left;
            var lower = left + (3 * leftStride);
            for (var end = left + depth; upper < end; upper++, lower++)
            {
                var b0 = T.Load(panel);
                var b1 = T.Load(panel + T.Count);
                panel += 2 * T.Count;

                var a = T.Broadcast(*upper);
                s00 = T.MultiplyAdd(a, b0, s00);
                s01 = T.MultiplyAdd(a, b1, s01);
                a = T.Broadcast(upper[leftStride]);
                s10 = T.MultiplyAdd(a, b0, s10);
                s11 = T.MultiplyAdd(a, b1, s11);
                a = T.Broadcast(upper[2 * leftStride]);
                s20 = T.MultiplyAdd(a, b0, s20);
                s21 = T.MultiplyAdd(a, b1, s21);
                a = T.Broadcast(*lower);
                s30 = T.MultiplyAdd(a, b0, s30);
                s31 = T.MultiplyAdd(a, b1, s31);
                a = T.Broadcast(lower[leftStride]);
                s40 = T.MultiplyAdd(a, b0, s40);
                s41 = T.MultiplyAdd(a, b1, s41);
                a = T.Broadcast(lower[2 * leftStride]);
                s50 = T.MultiplyAdd(a, b0, s50);
                s51 = T.MultiplyAdd(a, b1, s51);
            }
        }

        Store(result, s00, s01);
        Store(result + resultStride, s10, s11);
        Store(result + (2 * resultStride), s20, s21);
        Store(result + (3 * resultStride), s30, s31);
        Store(result + (4 * resultStride), s40, s41);
        Store(result + (5 * resultStride), s50, s51);
    }

    private static void Store<T>(float* target, T low, T high)
        where T : struct, ILanes<T>
    {
        low.Store(target);
        high.Store(target + T.Count);
    }
}

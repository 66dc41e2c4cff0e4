using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace FcnSharp.Engine.Kernels;

/// <summary>The matrix product of six cells and one packed panel of weights: the innermost loop of every convolution.</summary>
internal static unsafe class GemmKernel
{
    /// <summary>Cells per call: with two registers of channels there are twelve sums, which fit the sixteen registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Depth of a part of a panel that stays in the L1 cache while it is multiplied with many cells: at most 32 KB.</summary>
    public const int CachedDepth = 256;

    /// <summary>result[r, c] (+)= sum over s and k of left[r * leftStride + s * segmentStride + k] * panel[s * depth + k, c].</summary>
    /// <param name="left">Address of the first cell's first value.</param>
    /// <param name="panel">(segments * depth, two registers), row-major.</param>
    /// <param name="result">(Rows, two registers) at the shape's stride.</param>
    /// <param name="shape">Strides and sizes.</param>
    /// <param name="ahead">Address to prefetch: data of the next calls, which is likely not in the cache.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(float* left, float* panel, float* result, in ProductShape shape, float* ahead)
        where T : struct, ILanes<T>
    {
        var (leftStride, depth, resultStride, aheadStep) = (shape.LeftStride, shape.Depth, shape.ResultStride, shape.AheadStep);
        T s00, s01, s10, s11, s20, s21, s30, s31, s40, s41, s50, s51;
        s00 = s01 = s10 = s11 = s20 = s21 = s30 = s31 = s40 = s41 = s50 = s51 = T.Broadcast(0);
        if (shape.Add)
        {
            (s00, s01) = (T.Load(result), T.Load(result + T.Count));
            (s10, s11) = (T.Load(result + resultStride), T.Load(result + resultStride + T.Count));
            (s20, s21) = (T.Load(result + (2 * resultStride)), T.Load(result + (2 * resultStride) + T.Count));
            (s30, s31) = (T.Load(result + (3 * resultStride)), T.Load(result + (3 * resultStride) + T.Count));
            (s40, s41) = (T.Load(result + (4 * resultStride)), T.Load(result + (4 * resultStride) + T.Count));
            (s50, s51) = (T.Load(result + (5 * resultStride)), T.Load(result + (5 * resultStride) + T.Count));
        }
        else
        {
            for (var row = 0; row < Rows; row++)
            {
                Prefetch(result + (row * resultStride));
                Prefetch(result + (row * resultStride) + T.Count);
            }
        }

        for (var segment = 0; segment < shape.Segments; segment++, left += shape.SegmentStride)
        {
            // Two base pointers and two strides address all six cells.
            var upper = left;
            var lower = left + (3 * leftStride);
            for (var end = left + depth; upper < end; upper++, lower++)
            {
                var b0 = T.Load(panel);
                var b1 = T.Load(panel + T.Count);
                panel += 2 * T.Count;
                Prefetch(ahead);
                ahead += aheadStep;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(float* target, T low, T high)
        where T : struct, ILanes<T>
    {
        low.Store(target);
        high.Store(target + T.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}

/// <summary>The memory layout of a product of six cells and one panel of weights. All strides are in floats.</summary>
/// <param name="LeftStride">Stride from one cell to the next.</param>
/// <param name="Depth">Contiguous values in a segment of a cell.</param>
/// <param name="ResultStride">Stride from one row of the result to the next.</param>
internal readonly record struct ProductShape(nint LeftStride, int Depth, nint ResultStride)
{
    /// <summary>Segments of a cell. The default is 1.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>Stride from one segment to the next.</summary>
    public nint SegmentStride { get; init; }

    /// <summary>Whether the product is added to the result. The default is false.</summary>
    public bool Add { get; init; }

    /// <summary>Floats by which the prefetch address advances with each value of a cell.</summary>
    public nint AheadStep { get; init; }
}

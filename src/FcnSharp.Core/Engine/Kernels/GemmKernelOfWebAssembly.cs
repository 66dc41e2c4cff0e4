using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace FcnSharp.Engine.Kernels;

/// <summary>
/// The same computation as <see cref="GemmKernel"/>, for .NET's interpreter in a browser. It uses vectors directly, because the interpreter
/// copies a struct around a register with every operation, and on three cells at a time, because it compiles short loops best.
/// </summary>
internal static unsafe class GemmKernelOfWebAssembly
{
    private const int RowsAtOnce = GemmKernel.Rows / 2;

    /// <inheritdoc cref="GemmKernel.Run"/>
    public static void Run(float* left, float* panel, float* result, in ProductShape shape)
    {
        RunThree(left, panel, result, shape);
        RunThree(left + (RowsAtOnce * shape.LeftStride), panel, result + (RowsAtOnce * shape.ResultStride), shape);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunThree(float* left, float* panel, float* result, in ProductShape shape)
    {
        var (leftStride, depth, resultStride) = (shape.LeftStride, shape.Depth, shape.ResultStride);
        var lanes = Vector128<float>.Count;
        Vector128<float> s00, s01, s10, s11, s20, s21;
        s00 = s01 = s10 = s11 = s20 = s21 = Vector128<float>.Zero;
        if (shape.Add)
        {
            (s00, s01) = (PackedSimd.LoadVector128(result), PackedSimd.LoadVector128(result + lanes));
            var row = result + resultStride;
            (s10, s11) = (PackedSimd.LoadVector128(row), PackedSimd.LoadVector128(row + lanes));
            row += resultStride;
            (s20, s21) = (PackedSimd.LoadVector128(row), PackedSimd.LoadVector128(row + lanes));
        }

        for (var segment = 0; segment < shape.Segments; segment++, left += shape.SegmentStride)
        {
            var second = left + leftStride;
            var third = second + leftStride;
            for (var i = 0; i < depth; i++, panel += 2 * lanes)
            {
                var b0 = PackedSimd.LoadVector128(panel);
                var b1 = PackedSimd.LoadVector128(panel + lanes);
                var a = PackedSimd.LoadScalarAndSplatVector128(left + i);
                s00 += a * b0;
                s01 += a * b1;
                a = PackedSimd.LoadScalarAndSplatVector128(second + i);
                s10 += a * b0;
                s11 += a * b1;
                a = PackedSimd.LoadScalarAndSplatVector128(third + i);
                s20 += a * b0;
                s21 += a * b1;
            }
        }

        Store(result, s00, s01);
        Store(result + resultStride, s10, s11);
        Store(result + (2 * resultStride), s20, s21);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* target, Vector128<float> low, Vector128<float> high)
    {
        PackedSimd.Store(target, low);
        PackedSimd.Store(target + Vector128<float>.Count, high);
    }
}

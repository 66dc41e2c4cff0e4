using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FcnSharp.Engine;

/// <summary>The innermost loop of every layer: six rows of a matrix times one packed panel of another.</summary>
internal static class MatrixKernel
{
    /// <summary>Rows of the left matrix that are taken at once: with two vectors of columns, twelve sums fill the registers of AVX2.</summary>
    public const int Rows = 6;

    /// <summary>Columns of a packed panel.</summary>
    public static readonly int PanelWidth = 2 * Vector<float>.Count;

    /// <summary>tile[r, c] = sum over k of left[r, k] * panel[k, c].</summary>
    /// <param name="left">(Rows, depth), row-major.</param>
    /// <param name="panel">(depth, PanelWidth), row-major.</param>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="tile">(Rows, PanelWidth), overwritten.</param>
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> panel, int depth, Span<float> tile)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(left.Length, Rows * depth, nameof(left));
        ArgumentOutOfRangeException.ThrowIfLessThan(panel.Length, PanelWidth * depth, nameof(panel));
        ArgumentOutOfRangeException.ThrowIfLessThan(tile.Length, Rows * PanelWidth, nameof(tile));

        ref var a0 = ref MemoryMarshal.GetReference(left);
        ref var a1 = ref Unsafe.Add(ref a0, depth);
        ref var a2 = ref Unsafe.Add(ref a1, depth);
        ref var a3 = ref Unsafe.Add(ref a2, depth);
        ref var a4 = ref Unsafe.Add(ref a3, depth);
        ref var a5 = ref Unsafe.Add(ref a4, depth);
        ref var b = ref MemoryMarshal.GetReference(panel);

        Vector<float> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        Vector<float> s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        for (nint k = 0; k < depth; k++)
        {
            var b0 = Vector.LoadUnsafe(ref b);
            var b1 = Vector.LoadUnsafe(ref b, (nuint)Vector<float>.Count);
            b = ref Unsafe.Add(ref b, 2 * Vector<float>.Count);

            var a = new Vector<float>(Unsafe.Add(ref a0, k));
            s00 = Vector.MultiplyAddEstimate(a, b0, s00);
            s01 = Vector.MultiplyAddEstimate(a, b1, s01);
            a = new Vector<float>(Unsafe.Add(ref a1, k));
            s10 = Vector.MultiplyAddEstimate(a, b0, s10);
            s11 = Vector.MultiplyAddEstimate(a, b1, s11);
            a = new Vector<float>(Unsafe.Add(ref a2, k));
            s20 = Vector.MultiplyAddEstimate(a, b0, s20);
            s21 = Vector.MultiplyAddEstimate(a, b1, s21);
            a = new Vector<float>(Unsafe.Add(ref a3, k));
            s30 = Vector.MultiplyAddEstimate(a, b0, s30);
            s31 = Vector.MultiplyAddEstimate(a, b1, s31);
            a = new Vector<float>(Unsafe.Add(ref a4, k));
            s40 = Vector.MultiplyAddEstimate(a, b0, s40);
            s41 = Vector.MultiplyAddEstimate(a, b1, s41);
            a = new Vector<float>(Unsafe.Add(ref a5, k));
            s50 = Vector.MultiplyAddEstimate(a, b0, s50);
            s51 = Vector.MultiplyAddEstimate(a, b1, s51);
        }

        Store(tile, 0, s00, s01);
        Store(tile, 1, s10, s11);
        Store(tile, 2, s20, s21);
        Store(tile, 3, s30, s31);
        Store(tile, 4, s40, s41);
        Store(tile, 5, s50, s51);
    }

    private static void Store(Span<float> tile, int row, Vector<float> low, Vector<float> high)
    {
        var line = tile.Slice(row * PanelWidth, PanelWidth);
        low.CopyTo(line);
        high.CopyTo(line[Vector<float>.Count..]);
    }
}

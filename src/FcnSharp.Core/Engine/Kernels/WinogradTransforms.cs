using System.Runtime.CompilerServices;

namespace FcnSharp.Engine.Kernels;

/// <summary>
/// The three transforms of Winograd's minimal filtering F(4, 3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
/// 2015, section 4.3): four outputs of a three-tap filter from six multiplications, with interpolation points 0, 1, -1, 2, -2, infinity.
/// </summary>
internal static class WinogradTransforms
{
    /// <summary>Side of a tile of outputs, in cells.</summary>
    public const int Output = 4;

    /// <summary>Side of the input tile, in cells: the output tile and one cell around it.</summary>
    public const int Input = Output + 2;

    /// <summary>G g: rows (1/4, 0, 0), (-1/6, -1/6, -1/6), (-1/6, 1/6, -1/6), (1/24, 1/12, 1/6), (1/24, -1/12, 1/6), (0, 0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Six<T> OfFilter<T>(T g0, T g1, T g2)
        where T : struct, ILanes<T>
    {
        var even = (g0 + g2) * (-1f / 6);
        var odd = g1 * (1f / 6);
        var evenOuter = (g0 * (1f / 24)) + (g2 * (1f / 6));
        var oddOuter = g1 * (1f / 12);
        return new Six<T>
        {
            V0 = g0 * (1f / 4),
            V1 = even - odd,
            V2 = even + odd,
            V3 = evenOuter + oddOuter,
            V4 = evenOuter - oddOuter,
            V5 = g2,
        };
    }

    /// <summary>
    /// B^T d: rows (4, 0, -5, 0, 1, 0), (0, -4, -4, 1, 1, 0), (0, 4, -4, -1, 1, 0), (0, -2, -1, 2, 1, 0), (0, 2, -1, -2, 1, 0), (0, 4, 0,
    /// -5, 0, 1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Six<T> OfInput<T>(Six<T> d)
        where T : struct, ILanes<T>
    {
        var (four, minusFour, minusFive) = (T.Broadcast(4), T.Broadcast(-4), T.Broadcast(-5));
        var even = T.MultiplyAdd(minusFour, d.V2, d.V4);
        var odd = T.MultiplyAdd(minusFour, d.V1, d.V3);
        var evenOuter = d.V4 - d.V2;
        var oddOuter = (d.V3 - d.V1) + (d.V3 - d.V1);
        return new Six<T>
        {
            V0 = T.MultiplyAdd(four, d.V0, T.MultiplyAdd(minusFive, d.V2, d.V4)),
            V1 = even + odd,
            V2 = even - odd,
            V3 = evenOuter + oddOuter,
            V4 = evenOuter - oddOuter,
            V5 = T.MultiplyAdd(four, d.V1, T.MultiplyAdd(minusFive, d.V3, d.V5)),
        };
    }

    /// <summary>A^T m: rows (1, 1, 1, 1, 1, 0), (0, 1, -1, 2, -2, 0), (0, 1, 1, 4, 4, 0), (0, 1, -1, 8, -8, 1). Only the first four values
    /// of the result are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Six<T> OfProducts<T>(Six<T> m)
        where T : struct, ILanes<T>
    {
        var inner = m.V1 + m.V2;
        var innerDifference = m.V1 - m.V2;
        var outer = m.V3 + m.V4;
        var outerDifference = m.V3 - m.V4;
        return new Six<T>
        {
            V0 = m.V0 + inner + outer,
            V1 = T.MultiplyAdd(T.Broadcast(2), outerDifference, innerDifference),
            V2 = T.MultiplyAdd(T.Broadcast(4), outer, inner),
            V3 = T.MultiplyAdd(T.Broadcast(8), outerDifference, innerDifference) + m.V5,
        };
    }
}

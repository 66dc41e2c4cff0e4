using System.Runtime.CompilerServices;

namespace FcnSharp.Engine.Kernels;

/// <summary>The transforms of <see cref="WinogradTransforms"/> along both axes of a tile, one register of channels at a time.</summary>
internal static unsafe class WinogradTile
{
    private const int Side = WinogradTransforms.Input;
    private const int MostLanes = 16;

    /// <summary>U = G g G^T for as many filters as a register has lanes.</summary>
    /// <param name="taps">(9, lanes): the filters' taps, row by row.</param>
    /// <param name="target">Output address of place 0.</param>
    /// <param name="placeStride">Floats from one of the 36 places to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformFilter<T>(float* taps, float* target, nint placeStride)
        where T : struct, ILanes<T>
    {
        var columns = stackalloc float[Side * 3 * MostLanes];
        for (var j = 0; j < 3; j++)
        {
            WinogradTransforms.OfFilter(Tap(j), Tap(3 + j), Tap(6 + j)).Store(columns + (j * T.Count), 3 * T.Count);
        }

        for (var i = 0; i < Side; i++)
        {
            var row = columns + (3 * i * T.Count);
            WinogradTransforms
                .OfFilter(T.Load(row), T.Load(row + T.Count), T.Load(row + (2 * T.Count)))
                .Store(target + (i * Side * placeStride), placeStride);
        }

        T Tap(int index) => T.Load(taps + (index * T.Count));
    }

    /// <summary>V = B^T d B.</summary>
    /// <param name="corner">The first cell of the input tile, above and to the left of the output tile.</param>
    /// <param name="rowStride">Floats from one row to the next.</param>
    /// <param name="cellStride">Floats from one cell to the next.</param>
    /// <param name="channels">Number of channels; whole registers are read and written.</param>
    /// <param name="target">Output address of place 0.</param>
    /// <param name="placeStride">Floats from one of the 36 places to the next.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformInput<T>(float* corner, nint rowStride, nint cellStride, int channels, float* target, nint placeStride)
        where T : struct, ILanes<T>
    {
        var room = stackalloc float[((Side * Side) + 1) * MostLanes];
        var columns = Aligned(room);
        for (var channel = 0; channel < channels; channel += T.Count)
        {
            for (var j = 0; j < Side; j++)
            {
                WinogradTransforms.OfInput(Six<T>.Load(corner + channel + (j * cellStride), rowStride))
                    .Store(columns + (j * T.Count), Side * T.Count);
            }

            for (var i = 0; i < Side; i++)
            {
                WinogradTransforms.OfInput(Six<T>.Load(columns + (i * Side * T.Count), T.Count))
                    .Store(target + channel + (i * Side * placeStride), placeStride);
            }
        }
    }

    /// <summary>Y = A^T M A + bias, with an optional sum and ReLU, and the maximum of each 2x2 square if a pool
    /// follows.</summary>
    /// <param name="products">Address of place 0.</param>
    /// <param name="placeStride">Floats from one of the 36 places to the next.</param>
    /// <param name="bias">One value for each channel.</param>
    /// <param name="channels">Number of channels; whole registers are read and written.</param>
    /// <param name="cell">Output address of the tile's first cell.</param>
    /// <param name="target">Layout of the output tile.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformOutput<T>(float* products, nint placeStride, float* bias, int channels, float* cell, WinogradTarget target)
        where T : struct, ILanes<T>
    {
        var room = stackalloc float[((WinogradTransforms.Output * Side) + 1) * MostLanes];
        var columns = Aligned(room);
        for (var channel = 0; channel < channels; channel += T.Count)
        {
            for (var j = 0; j < Side; j++)
            {
                WinogradTransforms.OfProducts(Six<T>.Load(products + channel + (j * placeStride), Side * placeStride))
                    .StoreFour(columns + (j * T.Count), Side * T.Count);
            }

            if (target.Pool)
            {
                StorePooled(columns, T.Load(bias + channel), target, cell + channel);
            }
            else
            {
                Store(columns, T.Load(bias + channel), target, cell + channel);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Store<T>(float* columns, T bias, WinogradTarget target, float* cell)
        where T : struct, ILanes<T>
    {
        var floor = FloorOf<T>(target);
        for (var i = 0; i < target.Height; i++, cell += target.RowStride)
        {
            var row = Row<T>(columns, i);
            var beyond = cell + (target.Width * target.CellStride);
            StoreIfWanted(cell, row.V0);
            StoreIfWanted(cell + target.CellStride, row.V1);
            StoreIfWanted(cell + (2 * target.CellStride), row.V2);
            StoreIfWanted(cell + (3 * target.CellStride), row.V3);

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            void StoreIfWanted(float* at, T value)
            {
                if (at < beyond)
                {
                    var sum = value + bias;
                    T.Max(floor, target.Finishing.Adds ? sum + T.Load(at) : sum).Store(at);
                }
            }
        }
    }

    /// <summary>Squares that extend beyond the edge use the existing cells. Bias and ReLU do not change which cell is the
    /// largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StorePooled<T>(float* columns, T bias, WinogradTarget target, float* cell)
        where T : struct, ILanes<T>
    {
        var floor = FloorOf<T>(target);
        for (var i = 0; i < target.Height; i += 2, cell += target.RowStride)
        {
            var upper = Row<T>(columns, i);
            var lower = i + 1 < target.Height ? Row<T>(columns, i + 1) : upper;
            var (v0, v1) = (T.Max(upper.V0, lower.V0), T.Max(upper.V1, lower.V1));
            T.Max(floor, (target.Width > 1 ? T.Max(v0, v1) : v0) + bias).Store(cell);
            if (target.Width > 2)
            {
                var (v2, v3) = (T.Max(upper.V2, lower.V2), T.Max(upper.V3, lower.V3));
                T.Max(floor, (target.Width > 3 ? T.Max(v2, v3) : v2) + bias).Store(cell + target.CellStride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Six<T> Row<T>(float* columns, int index)
        where T : struct, ILanes<T> =>
        WinogradTransforms.OfProducts(Six<T>.Load(columns + (index * Side * T.Count), T.Count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T FloorOf<T>(WinogradTarget target)
        where T : struct, ILanes<T> =>
        T.Broadcast(target.Finishing.Rectifies ? 0 : float.NegativeInfinity);

    /// <summary>The next cache-line boundary: loading a register that crosses a boundary takes twice as long.</summary>
    private static float* Aligned(float* memory) => (float*)(((nuint)memory + 63) & ~(nuint)63);
}

/// <summary>The layout of an output tile.</summary>
/// <param name="RowStride">Floats from one row of the map to the next.</param>
/// <param name="CellStride">Floats from one cell to the next.</param>
/// <param name="Height">Rows of the tile inside the map, 1 to 4, before pooling.</param>
/// <param name="Width">Columns of the tile inside the map, 1 to 4, before pooling.</param>
/// <param name="Pool">Whether the largest of each 2x2 square is written instead of every cell.</param>
/// <param name="Finishing">Whether the result is added to the output map, which excludes a pool, and whether a ReLU follows.</param>
internal readonly record struct WinogradTarget(nint RowStride, nint CellStride, int Height, int Width, bool Pool, Finishing Finishing);

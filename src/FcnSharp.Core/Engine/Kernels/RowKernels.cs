using System.Runtime.CompilerServices;

namespace FcnSharp.Engine.Kernels;

/// <summary>Loops over rows of values, one register at a time. They skip tiered compilation: the first picture takes most of a short
/// program's time.</summary>
internal static unsafe class RowKernels
{
    /// <summary>Finishes a matrix product: target[r] = sums[r] + bias (+ target[r]), with an optional ReLU.</summary>
    /// <param name="sums">(rows, two registers).</param>
    /// <param name="rows">Number of cells to write.</param>
    /// <param name="bias">One value for each channel.</param>
    /// <param name="target">Address of the first cell's first channel.</param>
    /// <param name="targetStride">Floats from one cell to the next.</param>
    /// <param name="channels">Number of channels, at most two registers; whole registers are written.</param>
    /// <param name="finishing">Whether the sums are added to the target, and whether a ReLU follows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Finish<T>(
        float* sums, int rows, float* bias, float* target, nint targetStride, int channels, Finishing finishing)
        where T : struct, ILanes<T>
    {
        var floor = T.Broadcast(finishing.Rectifies ? 0 : float.NegativeInfinity);
        for (var row = 0; row < rows; row++, sums += 2 * T.Count, target += targetStride)
        {
            for (var c = 0; c < channels; c += T.Count)
            {
                var value = T.Load(sums + c) + T.Load(bias + c);
                T.Max(floor, finishing.Adds ? value + T.Load(target + c) : value).Store(target + c);
            }
        }
    }

    /// <summary>target = from + (to - from) * fraction.</summary>
    /// <param name="from">Values at fraction 0.</param>
    /// <param name="to">Values at fraction 1.</param>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="target">Receives the result.</param>
    /// <param name="count">Number of values; whole registers are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Mix<T>(float* from, float* to, float fraction, float* target, int count)
        where T : struct, ILanes<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            var start = T.Load(from + i);
            (start + ((T.Load(to + i) - start) * fraction)).Store(target + i);
        }
    }

    /// <summary>target = factor * first + second, with an optional ReLU.</summary>
    /// <param name="first">The first operand.</param>
    /// <param name="factor">Factor of the first operand.</param>
    /// <param name="second">The second operand; null for none.</param>
    /// <param name="target">Receives the result; it may be one of the operands.</param>
    /// <param name="count">Number of values; whole registers are written.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine<T>(float* first, float factor, float* second, float* target, int count, bool rectify)
        where T : struct, ILanes<T>
    {
        var floor = T.Broadcast(rectify ? 0 : float.NegativeInfinity);
        for (var i = 0; i < count; i += T.Count)
        {
            var value = T.Load(first + i) * factor;
            T.Max(floor, second is null ? value : value + T.Load(second + i)).Store(target + i);
        }
    }

    /// <summary>target = max(target, values).</summary>
    /// <param name="values">The values.</param>
    /// <param name="target">Receives the larger of each pair.</param>
    /// <param name="count">Number of values; whole registers are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Raise<T>(float* values, float* target, int count)
        where T : struct, ILanes<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            T.Max(T.Load(target + i), T.Load(values + i)).Store(target + i);
        }
    }

    /// <summary>Index of the largest value; the first among equals. The bitwise complement of an index, which is negative, if a value is
    /// infinite or NaN.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">Number of values; whole registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfLargest<T>(float* values, int count)
        where T : struct, ILanes<T>
    {
        // A finite value times zero is zero. Any other product is NaN, which the maximum may drop, but the sum keeps.
        var zero = T.Broadcast(0);
        var largest = T.Load(values);
        var sum = largest * 0;
        for (var i = T.Count; i < count; i += T.Count)
        {
            var next = T.Load(values + i);
            largest = T.Max(largest, next);
            sum = T.MultiplyAdd(next, zero, sum);
        }

        var index = IndexOf<T>(values, count, largest.Largest());
        return T.AreZero(sum) ? index : ~index;
    }

    /// <summary>Index of the first occurrence of a value; 0 if it does not occur, like NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IndexOf<T>(float* values, int count, float value)
        where T : struct, ILanes<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            var lane = T.IndexOf(T.Load(values + i), value);
            if (lane < T.Count)
            {
                return i + lane;
            }
        }

        return 0;
    }
}

/// <summary>The operations that are fused with a convolution, in addition to the bias.</summary>
/// <param name="Rectifies">Whether a ReLU follows.</param>
/// <param name="Adds">Whether the result is added to the output map, before the ReLU.</param>
internal readonly record struct Finishing(bool Rectifies, bool Adds);

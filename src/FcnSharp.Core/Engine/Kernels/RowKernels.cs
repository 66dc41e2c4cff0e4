using System.Runtime.CompilerServices;

namespace FcnSharp.Engine.Kernels;

/// <summary>Loops over rows of values, a register at a time. Compiled well at once: a first picture is most of a short program's
/// time.</summary>
internal static unsafe class RowKernels
{
    /// <summary>What follows a matrix product: target[r] = sums[r] + bias (+ target[r]), rectified on demand.</summary>
    /// <param name="sums">(rows, two registers).</param>
    /// <param name="rows">Cells that are wanted.</param>
    /// <param name="bias">One for each channel.</param>
    /// <param name="target">The first cell's first channel.</param>
    /// <param name="targetStride">Floats from one cell to the next.</param>
    /// <param name="channels">At most two registers; whole ones are written.</param>
    /// <param name="finishing">Whether what is there is added, and whether a ReLU follows.</param>
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
    /// <param name="from">At fraction 0.</param>
    /// <param name="to">At fraction 1.</param>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="target">Takes the result.</param>
    /// <param name="count">How many; whole registers are written.</param>
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

    /// <summary>target = factor * first + second, rectified on demand.</summary>
    /// <param name="first">Values.</param>
    /// <param name="factor">What they are multiplied by.</param>
    /// <param name="second">Values that are added; null for none.</param>
    /// <param name="target">Takes the result; it may be one of the others.</param>
    /// <param name="count">How many; whole registers are written.</param>
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
    /// <param name="target">Takes the larger of each pair.</param>
    /// <param name="count">How many; whole registers are written.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Raise<T>(float* values, float* target, int count)
        where T : struct, ILanes<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            T.Max(T.Load(target + i), T.Load(values + i)).Store(target + i);
        }
    }

    /// <summary>Where the largest value is; the first among equals. The complement of an index, which is negative, when a value is
    /// infinite or NaN.</summary>
    /// <param name="values">The values.</param>
    /// <param name="count">How many; whole registers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int IndexOfLargest<T>(float* values, int count)
        where T : struct, ILanes<T>
    {
        // A finite value times zero is zero. Any other is NaN, which the maximum may lose, but the sum keeps.
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

    /// <summary>The first place of a value; 0 when it is nowhere, as NaN is.</summary>
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

/// <summary>What is done with the sums of a convolution, besides adding the bias.</summary>
/// <param name="Rectifies">Whether a ReLU follows.</param>
/// <param name="Adds">Whether they are added to what is there, before the ReLU.</param>
internal readonly record struct Finishing(bool Rectifies, bool Adds);

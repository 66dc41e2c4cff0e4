using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Wasm;

namespace FcnSharp.Engine.Kernels;

/// <summary>128 bits in a browser. .NET's interpreter there has instructions for these operations, and calls for the others that
/// <see cref="Lanes128"/> takes, which are many times slower.</summary>
internal readonly unsafe struct LanesOfWebAssembly(Vector128<float> value) : ILanes<LanesOfWebAssembly>
{
    private readonly Vector128<float> value = value;

    public static int Count => Vector128<float>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly Load(float* source) => new(PackedSimd.LoadVector128(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly operator +(LanesOfWebAssembly a, LanesOfWebAssembly b) => new(a.value + b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly operator -(LanesOfWebAssembly a, LanesOfWebAssembly b) => new(a.value - b.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly operator *(LanesOfWebAssembly a, float b) => new(a.value * Vector128.Create(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly MultiplyAdd(LanesOfWebAssembly a, LanesOfWebAssembly b, LanesOfWebAssembly c) =>
        new((a.value * b.value) + c.value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LanesOfWebAssembly Max(LanesOfWebAssembly a, LanesOfWebAssembly b) => new(PackedSimd.PseudoMax(a.value, b.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int IndexOf(LanesOfWebAssembly lanes, float value) =>
        Math.Min(Count, BitOperations.TrailingZeroCount(EqualLanes(lanes.value, Vector128.Create(value))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreZero(LanesOfWebAssembly lanes) => EqualLanes(lanes.value, Vector128<float>.Zero) == (1 << Count) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest() => MathF.Max(MathF.Max(value[0], value[1]), MathF.Max(value[2], value[3]));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => PackedSimd.Store(target, value);

    /// <summary>A bit for each lane that is equal. With <see cref="PackedSimd.AllTrue(Vector128{int})"/> the interpreter of .NET 10 makes
    /// code that the browser refuses, and stops to compile anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EqualLanes(Vector128<float> a, Vector128<float> b) => PackedSimd.Bitmask(PackedSimd.CompareEqual(a, b).AsInt32());
}

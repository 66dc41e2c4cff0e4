using System.Numerics;
using System.Runtime.CompilerServices;

namespace FcnSharp.Engine;

/// <summary><see cref="Vector{T}"/>: 256 bits with AVX2, 128 with NEON and SSE.</summary>
internal readonly unsafe struct StandardLanes(Vector<float> value) : ILanes<StandardLanes>
{
    private readonly Vector<float> value = value;

    public static int Count => Vector<float>.Count;

    public static StandardLanes Zero => default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StandardLanes Load(float* source) => new(Vector.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StandardLanes Broadcast(float value) => new(Vector.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StandardLanes MultiplyAdd(StandardLanes a, StandardLanes b, StandardLanes c) => new(Vector.MultiplyAddEstimate(a.value, b.value, c.value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* target) => value.Store(target);
}

using System.Numerics;
using System.Runtime.CompilerServices;

namespace FcnSharp.Engine.Fused;

/// <summary>A row or column of a Winograd tile, a vector of channels at each of its six places.</summary>
internal struct Six
{
    public Vector<float> V0, V1, V2, V3, V4, V5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Six Load(float* at, nint stride) => new()
    {
        V0 = Vector.Load(at),
        V1 = Vector.Load(at + stride),
        V2 = Vector.Load(at + (2 * stride)),
        V3 = Vector.Load(at + (3 * stride)),
        V4 = Vector.Load(at + (4 * stride)),
        V5 = Vector.Load(at + (5 * stride)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void Store(float* at, nint stride)
    {
        V0.Store(at);
        V1.Store(at + stride);
        V2.Store(at + (2 * stride));
        V3.Store(at + (3 * stride));
        V4.Store(at + (4 * stride));
        V5.Store(at + (5 * stride));
    }

    /// <summary>Stores the first four places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly unsafe void StoreFour(float* at, nint stride)
    {
        V0.Store(at);
        V1.Store(at + stride);
        V2.Store(at + (2 * stride));
        V3.Store(at + (3 * stride));
    }
}

using System.Runtime.CompilerServices;

namespace FcnSharp.Engine.Kernels;

/// <summary>A row or column of a Winograd tile, with a register of channels at each of its six places.</summary>
/// <typeparam name="T">The register type.</typeparam>
internal unsafe struct Six<T>
    where T : struct, ILanes<T>
{
    public T V0, V1, V2, V3, V4, V5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Six<T> Load(float* at, nint stride) => new()
    {
        V0 = T.Load(at),
        V1 = T.Load(at + stride),
        V2 = T.Load(at + (2 * stride)),
        V3 = T.Load(at + (3 * stride)),
        V4 = T.Load(at + (4 * stride)),
        V5 = T.Load(at + (5 * stride)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(float* at, nint stride)
    {
        StoreFour(at, stride);
        V4.Store(at + (4 * stride));
        V5.Store(at + (5 * stride));
    }

    /// <summary>Stores the first four places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void StoreFour(float* at, nint stride)
    {
        V0.Store(at);
        V1.Store(at + stride);
        V2.Store(at + (2 * stride));
        V3.Store(at + (3 * stride));
    }
}

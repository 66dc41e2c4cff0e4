namespace FcnSharp.Engine.Kernels;

/// <summary>Floats that start at a cache line and stay where they are, so that kernels can hold pointers to them.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int CacheLine = 64;

    // Pinned for its whole life: the pointer below is valid as long as this object is.
    private readonly float[] pinned;

    /// <summary>Takes memory; the values are undefined.</summary>
    /// <param name="length">Floats.</param>
    public AlignedBuffer(long length)
    {
        Length = length;
        pinned = GC.AllocateUninitializedArray<float>(checked((int)length) + (CacheLine / sizeof(float)), pinned: true);
        var address = (nuint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref pinned[0]);
        Pointer = (float*)((address + CacheLine - 1) & ~(nuint)(CacheLine - 1));
    }

    public long Length { get; }

    public float* Pointer { get; }

    public Span<float> Values => new(Pointer, (int)Length);
}

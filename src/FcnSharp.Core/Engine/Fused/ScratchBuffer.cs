using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// Floats that start at a cache line, for the time of a layer. It is native memory, which goes back at once when it is disposed: arrays of this size
/// would stay until the garbage collector looks at its oldest generation, and a picture in tiles would take several times what it needs.
/// </summary>
internal sealed unsafe class ScratchBuffer : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int CacheLine = 64;

    /// <summary>Takes memory; the values are undefined.</summary>
    /// <param name="length">Floats.</param>
    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public ScratchBuffer(long length)
        : base(ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.AlignedAlloc(checked((nuint)length * sizeof(float)), CacheLine));
    }

    public long Length { get; }

    /// <summary>Whoever uses it keeps this object alive.</summary>
    public float* Pointer => (float*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Pointer);
        return true;
    }
}

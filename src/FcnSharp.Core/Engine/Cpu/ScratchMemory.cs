using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// Working memory of one picture. A buffer gets the lowest free address (first fit), so that layers reuse the memory of earlier layers: the
/// operating system commits pages on the first write, and the committed pages are little more than the peak of the live buffers.
/// </summary>
/// <remarks>
/// The memory is native, so that disposal frees it at once: arrays of this size would stay until a generation 2 garbage collection. A
/// buffer that does not fit gets separate memory. Not thread-safe: only the thread that iterates over the layers rents and returns.
/// </remarks>
internal sealed unsafe class ScratchMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int CacheLine = 64 / sizeof(float);

    /// <summary>The rented buffers, ordered by address.</summary>
    private readonly List<ScratchBuffer> used = [];

    /// <summary>Separate memory of buffers that did not fit.</summary>
    private readonly List<ScratchMemory> beyond = [];

    /// <summary>Allocates memory; the values are undefined.</summary>
    /// <param name="length">Number of floats.</param>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public ScratchMemory(long length)
        : base(ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.AlignedAlloc(checked((nuint)length * sizeof(float)), CacheLine * sizeof(float)));
    }

    /// <summary>Number of floats.</summary>
    public long Length { get; }

    /// <summary>The expected peak of floats in use.</summary>
    public long Expected { get; set; }

    /// <summary>The peak of floats in separate memory.</summary>
    public long MostBeyond { get; private set; }

    /// <summary>Address of the first float. The caller keeps this object alive while it uses the pointer.</summary>
    public float* Pointer => (float*)handle;

    /// <summary>Rents floats aligned to a cache line; the values are undefined.</summary>
    /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
    public ScratchBuffer Rent(long length)
    {
        var room = (length + CacheLine - 1) / CacheLine * CacheLine;
        var (start, index) = (0L, 0);
        while (index < used.Count && used[index].Start - start < room)
        {
            start = used[index].Start + used[index].Length;
            index++;
        }

        if (start + room > Length)
        {
            var own = new ScratchMemory(room);
            beyond.Add(own);
            MostBeyond = Math.Max(MostBeyond, beyond.Sum(memory => memory.Length));
            return new ScratchBuffer(own, 0, room);
        }

        var buffer = new ScratchBuffer(this, start, room);
        used.Insert(index, buffer);
        return buffer;
    }

    /// <summary>Returns a buffer of <see cref="Rent"/>.</summary>
    public void Return(ScratchBuffer buffer)
    {
        if (buffer.Memory == this)
        {
            used.Remove(buffer);
        }
        else
        {
            beyond.Remove(buffer.Memory);
            buffer.Memory.Dispose();
        }
    }

    /// <summary>Reclaims buffers that were not returned because the computation was aborted.</summary>
    public void Clear()
    {
        used.Clear();
        beyond.ForEach(memory => memory.Dispose());
        beyond.Clear();
    }

    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree(Pointer);
        return true;
    }
}

/// <summary>A rented part of scratch memory.</summary>
/// <param name="memory">The memory that contains it.</param>
/// <param name="start">Index of its first float in that memory.</param>
/// <param name="length">Number of floats.</param>
internal sealed unsafe class ScratchBuffer(ScratchMemory memory, long start, long length)
{
    public ScratchMemory Memory => memory;

    public long Start => start;

    public long Length => length;

    /// <summary>Address of the first float. The caller keeps this object alive while it uses the pointer.</summary>
    public float* Pointer => memory.Pointer + start;
}

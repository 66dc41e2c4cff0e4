using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// One picture's working memory. Buffers are handed out at the lowest address that has room, so that a layer's memory is the next layer's:
/// the system gives pages when they are first written, and those in use come to little more than the buffers that are there at once.
/// </summary>
/// <remarks>
/// It is native memory, which goes back at once when it is disposed: arrays of this size would stay until the garbage collector looks at
/// its oldest generation. What finds no room gets memory of its own. Not thread-safe: the thread that goes from layer to layer takes and
/// returns.
/// </remarks>
internal sealed unsafe class ScratchMemory : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int CacheLine = 64 / sizeof(float);

    /// <summary>By address.</summary>
    private readonly List<ScratchBuffer> used = [];

    /// <summary>Memory of buffers that found no room here.</summary>
    private readonly List<ScratchMemory> beyond = [];

    /// <summary>Takes memory; the values are undefined.</summary>
    /// <param name="length">Floats.</param>
    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
    public ScratchMemory(long length)
        : base(ownsHandle: true)
    {
        Length = length;
        SetHandle((nint)NativeMemory.AlignedAlloc(checked((nuint)length * sizeof(float)), CacheLine * sizeof(float)));
    }

    /// <summary>Floats.</summary>
    public long Length { get; }

    /// <summary>As many floats were expected to be in use at once.</summary>
    public long Expected { get; set; }

    /// <summary>The most floats at once that found no room here.</summary>
    public long MostBeyond { get; private set; }

    /// <summary>The first float. Whoever uses it keeps this object alive.</summary>
    public float* Pointer => (float*)handle;

    /// <summary>Floats that start at a cache line; the values are undefined.</summary>
    /// <exception cref="OutOfMemoryException">There is not as much.</exception>
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

    /// <summary>Takes back what <see cref="Rent"/> gave.</summary>
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

    /// <summary>Takes back what was not returned because the work ended early.</summary>
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

/// <summary>A part of scratch memory, for the time of a layer.</summary>
/// <param name="memory">Where it lies.</param>
/// <param name="start">Its first float there.</param>
/// <param name="length">Floats.</param>
internal sealed unsafe class ScratchBuffer(ScratchMemory memory, long start, long length)
{
    public ScratchMemory Memory => memory;

    public long Start => start;

    public long Length => length;

    /// <summary>Whoever uses it keeps this object alive.</summary>
    public float* Pointer => memory.Pointer + start;
}

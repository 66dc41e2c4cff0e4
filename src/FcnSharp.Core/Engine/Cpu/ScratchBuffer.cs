namespace FcnSharp.Engine.Cpu;

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

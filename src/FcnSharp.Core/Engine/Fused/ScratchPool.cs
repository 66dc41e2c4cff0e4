namespace FcnSharp.Engine.Fused;

/// <summary>Keeps buffers between pictures, so that pictures of one size take no new memory. Thread-safe.</summary>
/// <remarks>What is kept is bounded: a buffer is dropped when it would bring the idle ones above the limit.</remarks>
internal sealed class ScratchPool(long maxIdleFloats)
{
    private readonly List<ScratchBuffer> idle = [];
    private long idleFloats;

    /// <summary>The smallest idle buffer that is large enough and not wastefully large, or a new one.</summary>
    public ScratchBuffer Rent(long length)
    {
        lock (idle)
        {
            var best = idle.Where(buffer => buffer.Length >= length && buffer.Length <= 8 * length).MinBy(buffer => buffer.Length);
            if (best is not null)
            {
                idle.Remove(best);
                idleFloats -= best.Length;
                return best;
            }
        }

        return new ScratchBuffer(length);
    }

    public void Return(ScratchBuffer buffer)
    {
        lock (idle)
        {
            // The new sizes are the likely next ones: old buffers make room.
            idle.Add(buffer);
            idleFloats += buffer.Length;
            DropOldest(maxIdleFloats);
        }
    }

    /// <summary>Gives back what is idle.</summary>
    public void Clear()
    {
        lock (idle)
        {
            DropOldest(maxFloats: 0);
        }
    }

    private void DropOldest(long maxFloats)
    {
        while (idleFloats > maxFloats)
        {
            idleFloats -= idle[0].Length;
            idle[0].Dispose();
            idle.RemoveAt(0);
        }
    }
}

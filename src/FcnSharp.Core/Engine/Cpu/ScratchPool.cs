namespace FcnSharp.Engine.Cpu;

/// <summary>Keeps working memory between pictures, so that pictures of the same size need no new pages. Thread-safe.</summary>
/// <remarks>The idle memory is limited: the oldest is dropped if the total would exceed the limit.</remarks>
internal sealed class ScratchPool(long maxIdleFloats)
{
    private readonly List<ScratchMemory> idle = [];

    /// <summary>The largest fragmentation so far: allocated memory divided by the expected peak.</summary>
    private double margin = 1;

    /// <summary>Working memory for one picture, idle or new. The caller returns it.</summary>
    /// <param name="length">Approximate peak of floats in use.</param>
    public ScratchMemory Take(long length)
    {
        lock (idle)
        {
            var memory = idle.FindLast(memory => memory.Length >= length * margin) ?? new ScratchMemory((long)(length * margin));
            idle.Remove(memory);
            memory.Expected = length;
            return memory;
        }
    }

    /// <summary>Keeps the memory for the next picture. Memory that was too small is dropped, and the next one is allocated large enough, so
    /// that only the first picture needs separate buffers.</summary>
    public void Return(ScratchMemory memory)
    {
        memory.Clear();
        lock (idle)
        {
            if (memory.MostBeyond > 0)
            {
                margin = Math.Max(margin, (memory.Length + memory.MostBeyond) / (double)memory.Expected);
                memory.Dispose();
                return;
            }

            // Recent sizes are likely to be needed next, so the oldest memory is dropped.
            idle.Add(memory);
            DropOldest(maxIdleFloats);
        }
    }

    /// <summary>Frees the idle memory.</summary>
    public void Clear()
    {
        lock (idle)
        {
            DropOldest(maxFloats: 0);
        }
    }

    private void DropOldest(long maxFloats)
    {
        while (idle.Sum(memory => memory.Length) > maxFloats)
        {
            idle[0].Dispose();
            idle.RemoveAt(0);
        }
    }
}

namespace FcnSharp.Engine.Cpu;

/// <summary>Keeps working memory between pictures, so that pictures of one size take no new pages. Thread-safe.</summary>
/// <remarks>What is kept is bounded: the oldest is dropped when the idle ones would come above the limit.</remarks>
internal sealed class ScratchPool(long maxIdleFloats)
{
    private readonly List<ScratchMemory> idle = [];

    /// <summary>What gaps between buffers have come to, as a factor on what is in use at once.</summary>
    private double margin = 1;

    /// <summary>Working memory for one picture, idle or new; the caller returns it.</summary>
    /// <param name="length">About as many floats will be in use at once.</param>
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

    /// <summary>Keeps it for the next picture. Memory that was too small is dropped: the next one is larger by as much, so that no
    /// picture but the first has to get memory in pieces.</summary>
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

            // The new sizes are the likely next ones: old memory makes room.
            idle.Add(memory);
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
        while (idle.Sum(memory => memory.Length) > maxFloats)
        {
            idle[0].Dispose();
            idle.RemoveAt(0);
        }
    }
}

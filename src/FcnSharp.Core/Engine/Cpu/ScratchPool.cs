namespace FcnSharp.Engine.Cpu;

/// <summary>Keeps working memory between pictures, so that pictures of one size take no new pages. Thread-safe.</summary>
/// <remarks>What is kept is bounded: the oldest is dropped when the idle ones would come above the limit.</remarks>
internal sealed class ScratchPool(long maxIdleFloats)
{
    private readonly List<ScratchMemory> idle = [];

    /// <summary>Working memory for one picture, idle or new; the caller returns it.</summary>
    /// <param name="length">About as many floats will be in use at once.</param>
    public ScratchMemory Take(long length)
    {
        lock (idle)
        {
            if (idle.FindLast(memory => memory.Length >= length) is { } memory)
            {
                idle.Remove(memory);
                return memory;
            }
        }

        return new ScratchMemory(length);
    }

    public void Return(ScratchMemory memory)
    {
        memory.Clear();
        lock (idle)
        {
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

namespace FcnSharp.Tests.Support;

/// <summary>Managed memory that a piece of work takes, given back or not. What a reader may take follows from its file.</summary>
internal static class Allocated
{
    /// <summary>What a file may take that is refused by its header.</summary>
    public const long ForAHeader = 300_000;

    /// <summary>Bytes allocated by this thread.</summary>
    public static long By(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>What a file may take: 64 MB, four times the file, and 8 bytes for each pixel that it claims.</summary>
    public static long Bound(long fileBytes, long pixels = 0) => (64L << 20) + (4 * fileBytes) + (8 * pixels);
}

namespace FcnSharp.Tests.Support;

/// <summary>Managed memory that a piece of work allocates, whether it is freed or not, and the bounds for readers of files.</summary>
internal static class Allocated
{
    /// <summary>The bound for a file that is refused by its header.</summary>
    public const long ForAHeader = 300_000;

    /// <summary>Bytes allocated by this thread.</summary>
    public static long By(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>The bound for a file: 64 MB, four times the file's length, and 8 bytes for each pixel that its header states.</summary>
    public static long Bound(long fileBytes, long pixels = 0) => (64L << 20) + (4 * fileBytes) + (8 * pixels);
}

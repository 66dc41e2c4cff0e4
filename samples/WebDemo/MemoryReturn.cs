using System.Runtime.InteropServices;

namespace WebDemo;

/// <summary>Gives the memory of large pictures and answers back to the system, so that a burst of them does not make the program large
/// for good.</summary>
internal sealed class MemoryReturn : BackgroundService
{
    /// <summary>The managed heap from which on a collection is worth its time, in bytes; at rest it has about 20 MB.</summary>
    private const long WorthACollection = 32 << 20;

    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD in malloc.h

    private delegate int Mallopt(int parameter, int value);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ReturnNativeBlocks();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Where a machine has memory to spare, the garbage collector may not look at its oldest generation for a long time.
            if (GC.GetTotalMemory(forceFullCollection: false) >= WorthACollection)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }

    /// <summary>Makes glibc give every freed block of 128 KiB or more back at once. By default it raises that size to 32 MiB as blocks are
    /// freed, and keeps smaller ones for each thread.</summary>
    private static void ReturnNativeBlocks()
    {
        if (OperatingSystem.IsLinux()
            && NativeLibrary.TryLoad("libc.so.6", out var libc)
            && NativeLibrary.TryGetExport(libc, "mallopt", out var mallopt))
        {
            Marshal.GetDelegateForFunctionPointer<Mallopt>(mallopt)(MmapThreshold, 128 << 10);
        }
    }
}

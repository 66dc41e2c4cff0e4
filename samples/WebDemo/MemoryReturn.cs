using System.Runtime.InteropServices;

namespace WebDemo;

/// <summary>Returns the memory of large pictures and responses to the system, so that the process shrinks again after a burst of
/// them.</summary>
internal sealed class MemoryReturn : BackgroundService
{
    /// <summary>The size of the managed heap from which a collection is forced, in bytes. An idle service has about 20 MB.</summary>
    private const long WorthACollection = 32 << 20;

    private const int MmapThreshold = -3; // M_MMAP_THRESHOLD in malloc.h

    private delegate int Mallopt(int parameter, int value);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        ReturnNativeBlocks();
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // On a machine with much free memory, the garbage collector may not collect its oldest generation for a long time.
            if (GC.GetTotalMemory(forceFullCollection: false) >= WorthACollection)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }

    /// <summary>Makes glibc return every freed block of 128 KiB or more to the system at once. By default, glibc raises this threshold up
    /// to 32 MiB as blocks are freed, and keeps smaller blocks for each thread.</summary>
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

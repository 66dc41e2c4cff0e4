namespace WebDemo;

/// <summary>
/// Gives memory back to the system. Pictures and answers live in large arrays; where a machine has memory to spare, the runtime may keep
/// what they took long after they are gone.
/// </summary>
internal sealed class MemoryReturn : BackgroundService
{
    private const long WorthACollection = 64 << 20; // bytes allocated since the last one

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        for (var collectedAt = 0L; await timer.WaitForNextTickAsync(stoppingToken);)
        {
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - collectedAt >= WorthACollection)
            {
                collectedAt = allocated;
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }
}

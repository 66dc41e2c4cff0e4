using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>
/// Threads and memory for loading training pictures. They do not change the trained weights. Immutable; change a copy with <c>with</c>.
/// </summary>
public sealed record LoadingOptions
{
    /// <summary>The default of <see cref="CacheBytes"/>: 512 MiB, in bytes.</summary>
    public const long DefaultCacheBytes = 1L << 29;

    /// <summary>
    /// Thread-pool threads, 1 to 256, that read, decode and augment pictures during the training; each works on one batch. The default is
    /// half the processors, but at least 1 and at most 8. More threads than <see cref="PrefetchedBatches"/> have no effect.
    /// </summary>
    public int Workers
    {
        get;
        init => field = Guard.InRange(value, 1, 256, nameof(Workers), "One or two are enough for a CPU; a fast GPU may need eight.");
    } = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);

    /// <summary>
    /// Size of the cache of decoded pictures and labels, in bytes, 4 per pixel; 0 or more. The default is 512 MiB. Pictures that do not fit
    /// are read and decoded in every epoch. Prefetched batches are not counted.
    /// </summary>
    public long CacheBytes
    {
        get;
        init => field = Guard.InRange(value, 0, long.MaxValue, nameof(CacheBytes), "Use 0 for no cache.");
    } = DefaultCacheBytes;

    /// <summary>Number of batches, 1 to 1024, that are prefetched during a step; each needs memory of its own. The default is
    /// 4.</summary>
    public int PrefetchedBatches
    {
        get;
        init => field = Guard.InRange(value, 1, 1024, nameof(PrefetchedBatches), "Use at least as many as Workers.");
    } = 4;
}

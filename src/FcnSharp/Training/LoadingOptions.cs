using FcnSharp.Support;

namespace FcnSharp.Training;

/// <summary>
/// How pictures get from the disk to the trainer. None of it changes what is learned. Immutable; change a copy with <c>with</c>.
/// </summary>
public sealed record LoadingOptions
{
    /// <summary>What <see cref="CacheBytes"/> is by default: 512 MiB.</summary>
    public const long DefaultCacheBytes = 1L << 29;

    /// <summary>
    /// Threads of the pool, 1 to 256, that read, decode and vary pictures beside the training, a batch each. The default is half the
    /// processors, but at least 1 and at most 8. More than <see cref="PrefetchedBatches"/> have nothing to do.
    /// </summary>
    public int Workers
    {
        get;
        init => field = Guard.InRange(value, 1, 256, nameof(Workers), "One or two feed a CPU; a fast GPU may want eight.");
    } = Math.Clamp(Environment.ProcessorCount / 2, 1, 8);

    /// <summary>
    /// Bytes of decoded pictures and labels, 4 a pixel, that are kept in memory from one epoch to the next; 0 or more. The default is 512
    /// MiB. Pictures that no longer fit are read and decoded each time. Batches in the making are not counted.
    /// </summary>
    public long CacheBytes
    {
        get;
        init => field = Guard.InRange(value, 0, long.MaxValue, nameof(CacheBytes), "Use 0 to keep nothing.");
    } = DefaultCacheBytes;

    /// <summary>Batches, 1 to 1024, that are ready or in the making while one is learned from; each costs its own memory. The default is
    /// 4.</summary>
    public int PrefetchedBatches
    {
        get;
        init => field = Guard.InRange(value, 1, 1024, nameof(PrefetchedBatches), "Use at least as many as Workers.");
    } = 4;
}

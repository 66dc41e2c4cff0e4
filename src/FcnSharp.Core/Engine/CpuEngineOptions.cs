using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>Threads and memory of a <see cref="CpuEngine"/>. Immutable; change a copy with <c>with</c>.</summary>
public sealed record CpuEngineOptions
{
    /// <summary>The default of <see cref="MaxWorkingMemory"/>: 2 GiB, in bytes.</summary>
    public const long DefaultWorkingMemory = 1L << 31;

    /// <summary>Threads that work on one picture, 1 to 1024; null, the default, means one for each physical core that the process may use
    /// (on Linux; elsewhere, one for each logical processor).</summary>
    public int? Threads
    {
        get;
        init =>
            field = value is { } threads
                ? Guard.InRange(threads, 1, 1024, nameof(Threads), "Omit it for one thread per core.")
                : null;
    }

    /// <summary>
    /// Bytes that the maps between layers may take for one picture, at least 1 MiB; the default is 2 GiB. A picture that would take more is
    /// computed in overlapping tiles, with the same result except for rounding errors. Weights, the picture itself and the result are not
    /// counted.
    /// </summary>
    public long MaxWorkingMemory
    {
        get;
        init => field = value >= 1 << 20
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(MaxWorkingMemory), value, Guard.Text($"{nameof(MaxWorkingMemory)} must be 1048576 bytes (1 MiB) or more, " +
                    $"but was {value}. A network with VGG's widths needs a few hundred MiB for a tile."));
    } = DefaultWorkingMemory;
}

namespace FcnSharp.Engine.Kernels;

/// <summary>What six cells times one panel of weights look like in memory. All strides count floats.</summary>
/// <param name="LeftStride">From one cell to the next.</param>
/// <param name="Depth">Values of a run of a cell.</param>
/// <param name="ResultStride">From one row of the result to the next.</param>
internal readonly record struct ProductShape(nint LeftStride, int Depth, nint ResultStride)
{
    /// <summary>Runs of values that a cell takes in.</summary>
    public int Segments { get; init; } = 1;

    /// <summary>From one run to the next.</summary>
    public nint SegmentStride { get; init; }

    /// <summary>Whether to add to what the result is.</summary>
    public bool Add { get; init; }

    /// <summary>Of the memory that is needed next, how much to bring into the cache with each value of a cell.</summary>
    public nint AheadStep { get; init; }
}

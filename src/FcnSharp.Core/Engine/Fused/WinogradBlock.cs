namespace FcnSharp.Engine.Fused;

/// <summary>
/// How a thread's scratch memory for a block of tiles is laid out: (place, tile, channel), first the transformed input, then the products.
/// </summary>
internal readonly record struct WinogradBlock
{
    /// <summary>One cache line between places, or a tile's 36 registers could all fall into one set of the cache.</summary>
    public const int Gap = 16;

    private const int Places = WinogradTransforms.Input * WinogradTransforms.Input;
    private const int MinTiles = 48;
    private const int MaxTiles = 192;
    private const int BlockFloats = 1 << 18;

    /// <param name="tiles">All tiles of the layer.</param>
    /// <param name="inputStride">Floats from one tile's channels to the next's, before the product.</param>
    /// <param name="productStride">The same, behind it.</param>
    /// <param name="threads">Threads that share the tiles.</param>
    public WinogradBlock(int tiles, int inputStride, int productStride, int threads)
    {
        // In sixes, few enough that a block stays near its core, and so that every thread gets as many blocks.
        var most = Math.Clamp(BlockFloats / (Places * (inputStride + productStride)), MinTiles, MaxTiles);
        var rounds = (tiles + (most * threads) - 1) / (most * threads);
        var share = (tiles + (rounds * threads) - 1) / (rounds * threads);
        Tiles = (share + GemmKernel.Rows - 1) / GemmKernel.Rows * GemmKernel.Rows;
        (InputStride, ProductStride) = (inputStride, productStride);
        InputPlaceStride = (Tiles * inputStride) + Gap;
        ProductPlaceStride = (Tiles * productStride) + Gap;
    }

    /// <summary>Tiles of a block.</summary>
    public int Tiles { get; }

    public nint InputStride { get; }

    public nint ProductStride { get; }

    public nint InputPlaceStride { get; }

    public nint ProductPlaceStride { get; }

    /// <summary>What a thread needs.</summary>
    public long Floats => (long)Places * (InputPlaceStride + ProductPlaceStride);
}

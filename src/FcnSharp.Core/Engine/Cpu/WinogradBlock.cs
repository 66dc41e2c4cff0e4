using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>The memory layout of a block of tiles, (place, tile, channel): its transformed input and its products.</summary>
/// <param name="Tiles">Tiles of a block; a multiple of six.</param>
/// <param name="InputStride">Floats from one tile's channels to the next's in the transformed input.</param>
/// <param name="ProductStride">Floats from one tile's channels to the next's in the products.</param>
internal readonly record struct WinogradBlock(int Tiles, nint InputStride, nint ProductStride)
{
    /// <summary>One cache line between places: without it, a tile's 36 registers could all fall into one cache set.</summary>
    public const int Gap = 16;

    private const int Places = WinogradTransforms.Input * WinogradTransforms.Input;
    private const int MinTiles = 48;
    private const int MaxTiles = 192;
    private const int BlockFloats = 1 << 18;

    /// <summary>Floats from one of the 36 places to the next in the transformed input.</summary>
    public nint InputPlaceStride => (Tiles * InputStride) + Gap;

    /// <summary>Floats from one of the 36 places to the next in the products.</summary>
    public nint ProductPlaceStride => (Tiles * ProductStride) + Gap;

    /// <summary>Floats of the transformed input.</summary>
    public long InputFloats => (long)Places * InputPlaceStride;

    /// <summary>Floats of the products.</summary>
    public long ProductFloats => (long)Places * ProductPlaceStride;

    /// <summary>A block of all tiles.</summary>
    public static WinogradBlock Of(int tiles, int inputStride, int productStride) => new(InSixes(tiles), inputStride, productStride);

    /// <summary>A block size that keeps a block in the core's cache and gives all threads the same number of blocks.</summary>
    public static WinogradBlock ShareOf(int tiles, int inputStride, int productStride, Workers workers)
    {
        var most = Math.Clamp(BlockFloats / (Places * (inputStride + productStride)), MinTiles, MaxTiles);
        return Of(workers.ShareOf(tiles, most), inputStride, productStride);
    }

    private static int InSixes(int tiles) => (tiles + GemmKernel.Rows - 1) / GemmKernel.Rows * GemmKernel.Rows;
}

using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>How a block of tiles is laid out in memory: (place, tile, channel), the transformed input and the products of it.</summary>
/// <param name="Tiles">Tiles of a block; whole sixes.</param>
/// <param name="InputStride">Floats from one tile's channels to the next's, before the product.</param>
/// <param name="ProductStride">The same, behind it.</param>
internal readonly record struct WinogradBlock(int Tiles, nint InputStride, nint ProductStride)
{
    /// <summary>One cache line between places, or a tile's 36 registers could all fall into one set of the cache.</summary>
    public const int Gap = 16;

    private const int Places = WinogradTransforms.Input * WinogradTransforms.Input;
    private const int MinTiles = 48;
    private const int MaxTiles = 192;
    private const int BlockFloats = 1 << 18;

    /// <summary>Floats from one of the 36 places to the next, before the product.</summary>
    public nint InputPlaceStride => (Tiles * InputStride) + Gap;

    /// <summary>The same, behind it.</summary>
    public nint ProductPlaceStride => (Tiles * ProductStride) + Gap;

    /// <summary>What the transformed input takes.</summary>
    public long InputFloats => (long)Places * InputPlaceStride;

    /// <summary>What the products take.</summary>
    public long ProductFloats => (long)Places * ProductPlaceStride;

    /// <summary>A block of all tiles.</summary>
    public static WinogradBlock Of(int tiles, int inputStride, int productStride) => new(InSixes(tiles), inputStride, productStride);

    /// <summary>Blocks few enough tiles large that one stays near its core, and that every thread gets as many.</summary>
    public static WinogradBlock ShareOf(int tiles, int inputStride, int productStride, int threads)
    {
        var most = Math.Clamp(BlockFloats / (Places * (inputStride + productStride)), MinTiles, MaxTiles);
        var rounds = (tiles + (most * threads) - 1) / (most * threads);
        return Of((tiles + (rounds * threads) - 1) / (rounds * threads), inputStride, productStride);
    }

    private static int InSixes(int tiles) => (tiles + GemmKernel.Rows - 1) / GemmKernel.Rows * GemmKernel.Rows;
}

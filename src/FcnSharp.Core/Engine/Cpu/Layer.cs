using FcnSharp.Imaging;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>One operation of a network, packed for a kernel: it writes one map, or adds to it. Immutable and thread-safe.</summary>
/// <param name="name">The name of the operation in the graph.</param>
internal abstract class Layer(string name)
{
    public string Name => name;

    /// <summary>A short description of the kernel.</summary>
    public abstract string Kernel { get; }

    /// <summary>The layers that are joined in this one, in order; the layer itself if none are.</summary>
    public virtual IReadOnlyList<Layer> Parts => [this];

    /// <summary>Zero cells that it needs around its inputs.</summary>
    public virtual MapBorder InputBorder => default;

    /// <summary>Cells after the last row of its input that the kernel may read; their values do not matter.</summary>
    public virtual int InputSlack => 0;

    /// <summary>A part of the output that starts at a multiple of this many cells is computed as in the whole map.</summary>
    public virtual int Alignment => 1;

    /// <summary>Multiplications by the definition of the operation, for the given map sizes.</summary>
    public virtual long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => 0;

    /// <summary>Multiplications of the matrix products; the Winograd transforms are not counted.</summary>
    public virtual long Multiplications(Func<GraphNode, MapSize> sizeOf) => AskedMultiplications(sizeOf);

    /// <summary>Floats of scratch memory in addition to its maps, without the blocks of its threads.</summary>
    public virtual long ScratchFloats(Func<GraphNode, MapSize> sizeOf) => 0;

    /// <summary>Computes the whole output.</summary>
    public abstract void Run(LayerCall call);
}

/// <summary>Columns and rows of a map, in cells.</summary>
internal readonly record struct MapSize(int Width, int Height)
{
    public long Cells => (long)Width * Height;
}

/// <summary>A part of a picture, in pixels; it may reach beyond the right and the bottom edge.</summary>
internal readonly record struct PictureWindow(int X, int Y, int Width, int Height);

/// <summary>The arguments of a layer's computation.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Window">The part of the picture to compute; a layer that reads the picture may also read pixels around it.</param>
/// <param name="Inputs">The maps that it reads.</param>
/// <param name="Output">The map that it writes.</param>
/// <param name="Workers">The threads and their scratch memory.</param>
internal sealed record LayerCall(
    RgbImage Picture, PictureWindow Window, IReadOnlyList<ChannelMap> Inputs, ChannelMap Output, Workers Workers)
{
    public ChannelMap Input => Inputs[0];
}

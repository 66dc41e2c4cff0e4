using FcnSharp.Imaging;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>One operation of a network, packed for a kernel: it writes one map, or adds to one. Immutable and thread-safe.</summary>
/// <param name="name">The name of the operation in the graph.</param>
internal abstract class Layer(string name)
{
    public string Name => name;

    /// <summary>Which kernel computes it, in a few words.</summary>
    public abstract string Kernel { get; }

    /// <summary>The layers that it joins, in order; itself where it joins none.</summary>
    public virtual IReadOnlyList<Layer> Parts => [this];

    /// <summary>Zero cells that it needs around what it reads.</summary>
    public virtual MapBorder InputBorder => default;

    /// <summary>Cells behind the last row of what it reads that its kernel may touch; their values do not matter.</summary>
    public virtual int InputSlack => 0;

    /// <summary>Output cells at whose multiples a part of a map starts, so that it is computed as in the whole map.</summary>
    public virtual int Alignment => 1;

    /// <summary>Multiplications that its definition asks for, for maps of some sizes.</summary>
    public virtual long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => 0;

    /// <summary>Multiplications that its matrix products carry out; the transforms of Winograd's method are not counted.</summary>
    public virtual long Multiplications(Func<GraphNode, MapSize> sizeOf) => AskedMultiplications(sizeOf);

    /// <summary>Floats that it takes besides its maps, but for the blocks of its threads.</summary>
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

/// <summary>What a layer works on.</summary>
/// <param name="Picture">The picture.</param>
/// <param name="Window">Which part of it is looked at; a layer that reads the picture sees what lies around the part too.</param>
/// <param name="Inputs">The maps that it reads.</param>
/// <param name="Output">The map that it writes.</param>
/// <param name="Workers">Who does the work.</param>
internal sealed record LayerCall(
    RgbImage Picture, PictureWindow Window, IReadOnlyList<ChannelMap> Inputs, ChannelMap Output, Workers Workers)
{
    public ChannelMap Input => Inputs[0];
}

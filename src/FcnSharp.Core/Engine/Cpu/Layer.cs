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

/// <summary>A layer that can compute a range of rows of its output, so that the map need not exist as a whole.</summary>
/// <param name="name">The name of the operation in the graph.</param>
/// <param name="outChannels">Channels of its output.</param>
internal abstract class RowLayer(string name, int outChannels) : Layer(name)
{
    public int OutChannels => outChannels;

    /// <summary>Whether it can compute a range of rows: not dilated, not pooled and not added to another map.</summary>
    public virtual bool IsPlain => true;

    /// <summary>Columns and rows of its output, before pooling.</summary>
    public abstract MapSize OutputSize(LayerCall call);

    /// <summary>Prepares data that all rows need: transformed filters. The caller returns the buffer; null if nothing is
    /// needed.</summary>
    public virtual ScratchBuffer? Prepare(Workers workers) => null;

    /// <summary>Computes a range of rows of the output, or of the pooled output.</summary>
    /// <param name="call">The arguments; its output receives the rows.</param>
    /// <param name="prepared">The result of <see cref="Prepare"/>.</param>
    /// <param name="firstRow">The first row, counted in the whole output before pooling.</param>
    /// <param name="endRow">The row after the last one.</param>
    /// <param name="outputRow">The row of the output map that receives the first row; it may be in the border.</param>
    public abstract void RunRows(LayerCall call, ScratchBuffer? prepared, int firstRow, int endRow, int outputRow);
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

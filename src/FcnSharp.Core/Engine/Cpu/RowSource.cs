using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// An operation that computes rows of its output one by one, when they are asked for: labels are taken from rows of scores, so that
/// scores at the picture's size never exist. Immutable and thread-safe.
/// </summary>
/// <param name="name">The name of the operation in the graph.</param>
/// <param name="channels">Channels of its output.</param>
/// <param name="kernels">What computes.</param>
internal abstract class RowSource(string name, int channels, KernelSet kernels)
{
    /// <summary>What channels that do not exist hold: no more than any score, and finite, so that it can be mixed.</summary>
    protected const float Nothing = float.MinValue;

    public string Name => name;

    public int Channels => channels;

    /// <summary>Which kernel computes it, in a few words.</summary>
    public abstract string Kernel { get; }

    /// <summary>Floats from one cell of a row to the next: whole panels. Channels that do not exist hold <see cref="Nothing"/>.</summary>
    public int CellStride { get; } = (channels + kernels.PanelWidth - 1) / kernels.PanelWidth * kernels.PanelWidth;

    /// <summary>Zero cells that it needs around its input.</summary>
    public virtual MapBorder InputBorder => default;

    /// <summary>Multiplications that its definition asks for, for maps of some sizes.</summary>
    public virtual long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => 0;

    protected KernelSet Kernels => kernels;

    /// <summary>Floats that a row takes, with room for what the kernels write past it.</summary>
    /// <param name="input">What it is computed from.</param>
    /// <param name="width">Cells that are wanted.</param>
    public virtual int RowLength(ChannelMap input, int width) => width * CellStride;

    /// <summary>Computes rows from a map.</summary>
    /// <param name="input">The map.</param>
    /// <param name="height">Rows of the output that are wanted.</param>
    /// <param name="width">Columns of the output that are wanted.</param>
    /// <returns>Thread-safe.</returns>
    public abstract RowWriter Over(ChannelMap input, int height, int width);

    /// <summary>Fills the channels that do not exist.</summary>
    protected unsafe void FillSurplus(float* cell) => new Span<float>(cell + channels, CellStride - channels).Fill(Nothing);
}

/// <summary>Writes one row of a map: cells from 0 on, <see cref="RowSource.CellStride"/> floats apart.</summary>
/// <param name="y">Which row.</param>
/// <param name="row">At least <see cref="RowSource.RowLength"/> floats.</param>
internal unsafe delegate void RowWriter(int y, float* row);

/// <summary>Rows of a map as they are, from cell (offset, offset) on.</summary>
internal sealed unsafe class CroppedRows(string name, int channels, int offset, KernelSet kernels) : RowSource(name, channels, kernels)
{
    public override string Kernel => "copy";

    public override RowWriter Over(ChannelMap input, int height, int width) => (y, row) =>
    {
        for (var x = 0; x < width; x++)
        {
            var cell = row + ((long)x * CellStride);
            new ReadOnlySpan<float>(input.Cell(y + offset, x + offset), Channels).CopyTo(new Span<float>(cell, Channels));
            FillSurplus(cell);
        }
    };
}

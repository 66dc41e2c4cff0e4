using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// An operation that computes rows of its output on request: labels are taken from rows of scores, so that a score map of the picture's
/// size never exists. Immutable and thread-safe.
/// </summary>
/// <param name="name">The name of the operation in the graph.</param>
/// <param name="channels">Channels of its output.</param>
/// <param name="kernels">The kernels to use.</param>
internal abstract class RowSource(string name, int channels, KernelSet kernels)
{
    /// <summary>Value of padding channels: not above any score, and finite, so that it can be interpolated.</summary>
    protected const float Nothing = float.MinValue;

    public string Name => name;

    public int Channels => channels;

    /// <summary>A short description of the kernel.</summary>
    public abstract string Kernel { get; }

    /// <summary>Floats from one cell of a row to the next: whole panels. Padding channels have the value <see cref="Nothing"/>.</summary>
    public int CellStride { get; } = (channels + kernels.PanelWidth - 1) / kernels.PanelWidth * kernels.PanelWidth;

    /// <summary>Zero cells that it needs around its input.</summary>
    public virtual MapBorder InputBorder => default;

    /// <summary>Multiplications by the definition of the operation, for the given map sizes.</summary>
    public virtual long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => 0;

    protected KernelSet Kernels => kernels;

    /// <summary>Floats of a row's buffer, including those that the kernels write after its end.</summary>
    /// <param name="input">The input map.</param>
    /// <param name="width">Number of cells to compute.</param>
    public virtual int RowLength(ChannelMap input, int width) => width * CellStride;

    /// <summary>Creates a function that computes rows from a map.</summary>
    /// <param name="input">The map.</param>
    /// <param name="height">Rows of the output.</param>
    /// <param name="width">Columns of the output.</param>
    /// <returns>The function; thread-safe.</returns>
    public abstract RowWriter Over(ChannelMap input, int height, int width);

    /// <summary>Fills the padding channels.</summary>
    protected unsafe void FillSurplus(float* cell) => new Span<float>(cell + channels, CellStride - channels).Fill(Nothing);
}

/// <summary>Computes one row of a map: all cells, <see cref="RowSource.CellStride"/> floats apart.</summary>
/// <param name="y">Index of the row.</param>
/// <param name="row">Receives the row; at least <see cref="RowSource.RowLength"/> floats.</param>
internal unsafe delegate void RowWriter(int y, float* row);

/// <summary>Copies rows of a map, starting at cell (offset, offset).</summary>
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

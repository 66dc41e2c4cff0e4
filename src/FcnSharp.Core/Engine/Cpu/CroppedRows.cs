using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

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

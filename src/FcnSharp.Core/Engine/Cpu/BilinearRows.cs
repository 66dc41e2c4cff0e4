using FcnSharp.Engine.Kernels;

namespace FcnSharp.Engine.Cpu;

/// <summary>A map resized bilinearly; see <see cref="BilinearAxis"/>. A map that already has the target size is copied.</summary>
internal sealed unsafe class BilinearRows(string name, int channels, KernelSet kernels) : RowSource(name, channels, kernels)
{
    public override string Kernel => "bilinear";

    /// <summary>The row, and an interpolated row of the input.</summary>
    public override int RowLength(ChannelMap input, int width) => (width * CellStride) + (input.Width * input.Stride) + CellStride;

    public override RowWriter Over(ChannelMap input, int height, int width)
    {
        var (rows, columns) = (new BilinearAxis(input.Height, height), new BilinearAxis(input.Width, width));
        return (y, row) =>
        {
            var (low, high, fraction) = rows[y];
            var mixed = row + ((long)width * CellStride);
            Kernels.Mix(input.Cell(low, 0), input.Cell(high, 0), fraction, mixed, input.Width * input.Stride);
            for (var x = 0; x < width; x++)
            {
                (low, high, fraction) = columns[x];
                var cell = row + ((long)x * CellStride);
                Kernels.Mix(mixed + ((long)low * input.Stride), mixed + ((long)high * input.Stride), fraction, cell, Channels);
                FillSurplus(cell);
            }
        };
    }
}

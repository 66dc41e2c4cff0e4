using System.Buffers;

namespace FcnSharp.Engine.Plain;

/// <summary>
/// A convolution as a matrix product: the input cells under the kernel, gathered into the rows of a matrix (im2col; Chellapilla, Puri
/// and Simard, 2006), times the packed weights. Cells outside the input are zeros.
/// </summary>
/// <remarks>
/// Work is cut into blocks of output cells that do not depend on one another, and each sum runs in one fixed order:
/// the result has the same bits whatever the number of threads.
/// </remarks>
internal sealed unsafe class PackedConvolution
{
    private const int MaxBlockCells = 96;
    private const int MaxGatheredValues = 1 << 18;

    private readonly KernelSet kernels = KernelSet.Fastest;
    private readonly Tap[] taps;
    private readonly PanelMatrix weights;
    private readonly float[] bias;
    private readonly OutputGrid grid;
    private readonly bool rectify;

    /// <summary>Packs the weights.</summary>
    /// <param name="taps">The kernel's positions.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="bias">One for each output channel.</param>
    /// <param name="weight">The weight of an output channel, a tap (by index) and an input channel.</param>
    /// <param name="grid">Which output cells to write.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    public PackedConvolution(Tap[] taps, int inChannels, float[] bias, Func<int, int, int, float> weight, OutputGrid grid, bool rectify)
    {
        (this.taps, this.bias, this.grid, this.rectify) = (taps, bias, grid, rectify);
        weights = new PanelMatrix(taps.Length * inChannels, bias.Length, kernels.PanelWidth);
        Parallel.For(0, weights.Depth, row =>
        {
            for (var column = 0; column < bias.Length; column++)
            {
                weights[row, column] = weight(column, row / inChannels, row % inChannels);
            }
        });
    }

    public int OutChannels => bias.Length;

    private int BlockCells =>
        Math.Clamp(MaxGatheredValues / weights.Depth / GemmKernel.Rows, 1, MaxBlockCells / GemmKernel.Rows) * GemmKernel.Rows;

    /// <summary>How many independent blocks make up the output.</summary>
    public int BlockCount(FeatureMap output) => (CellCount(output) + BlockCells - 1) / BlockCells;

    /// <summary>Computes one block of output cells; <paramref name="add"/> adds to what is there instead of replacing it.</summary>
    public void RunBlock(int block, FeatureMap input, FeatureMap output, bool add)
    {
        var first = block * BlockCells;
        var cells = Math.Min(BlockCells, CellCount(output) - first);
        var rows = (cells + GemmKernel.Rows - 1) / GemmKernel.Rows * GemmKernel.Rows;
        var gathered = ArrayPool<float>.Shared.Rent(rows * weights.Depth);
        try
        {
            Gather(gathered, first, cells, input, output);
            Array.Clear(gathered, cells * weights.Depth, (rows - cells) * weights.Depth);
            Multiply(gathered, first, cells, output, add);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(gathered);
        }
    }

    private int CellCount(FeatureMap output) => grid.RowsIn(output) * grid.ColumnsIn(output);

    private void Gather(Span<float> rows, int first, int cells, FeatureMap input, FeatureMap output)
    {
        var columns = grid.ColumnsIn(output);
        var channels = input.Channels;
        var source = input.Values;
        for (var cell = first; cell < first + cells; cell++)
        {
            var (cellY, cellX) = Math.DivRem(cell, columns);
            foreach (var tap in taps)
            {
                var (y, x) = (cellY + tap.Dy, cellX + tap.Dx);
                var target = rows[..channels];
                if ((uint)y < (uint)input.Height && (uint)x < (uint)input.Width)
                {
                    source.Slice(((y * input.Width) + x) * channels, channels).CopyTo(target);
                }
                else
                {
                    target.Clear();
                }

                rows = rows[channels..];
            }
        }
    }

    private void Multiply(float[] gathered, int first, int cells, FeatureMap output, bool add)
    {
        var depth = weights.Depth;
        var panelWidth = kernels.PanelWidth;
        var tile = stackalloc float[GemmKernel.Rows * panelWidth];
        fixed (float* left = gathered)
        {
            for (var panel = 0; panel < weights.PanelCount; panel++)
            {
                var firstChannel = panel * panelWidth;
                var channels = Math.Min(panelWidth, OutChannels - firstChannel);
                for (var row = 0; row < cells; row += GemmKernel.Rows)
                {
                    kernels.Multiply(
                        left + (row * depth), weights.Panel(panel), tile, new ProductShape(depth, depth, panelWidth), ahead: tile);
                    for (var r = 0; r < Math.Min(GemmKernel.Rows, cells - row); r++)
                    {
                        var sums = new ReadOnlySpan<float>(tile + (r * panelWidth), channels);
                        Finish(sums, Cell(output, first + row + r).Slice(firstChannel, channels), firstChannel, add);
                    }
                }
            }
        }
    }

    private void Finish(ReadOnlySpan<float> sums, Span<float> target, int firstChannel, bool add)
    {
        for (var i = 0; i < sums.Length; i++)
        {
            var value = sums[i] + bias[firstChannel + i] + (add ? target[i] : 0);
            target[i] = rectify && value < 0 ? 0 : value;
        }
    }

    private Span<float> Cell(FeatureMap output, int cell)
    {
        var (y, x) = Math.DivRem(cell, grid.ColumnsIn(output));
        var index = (((grid.StartY + (y * grid.Step)) * output.Width) + grid.StartX + (x * grid.Step)) * output.Channels;
        return output.Values.Slice(index, output.Channels);
    }
}

using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// A convolution of any kernel, stride, dilation and padding as a packed matrix product: fc6 (1x1 or 7x7), fc7, score layers, shortcuts. A
/// cell is contiguous in memory, since channels are innermost, so nothing is gathered. Each panel of weights is read once for all cells
/// of a block.
/// </summary>
internal sealed unsafe class DenseLayer : Layer
{
    /// <summary>Runs of cells in a block, if a work item is one panel of a block.</summary>
    private const int LargeBlock = 64;

    /// <summary>Runs of cells in a block, if a work item is all panels of a block.</summary>
    private const int SmallBlock = 32;

    private readonly KernelSet kernels;
    private readonly ConvolutionNode node;
    private readonly int offset;
    private readonly Finishing finishing;
    private readonly PanelMatrix weights;
    private readonly AlignedBuffer bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="node">The convolution, without normalisation.</param>
    /// <param name="tensors">The network's tensors by name.</param>
    /// <param name="offset">Output cells to skip at the top and the left, if a crop follows.</param>
    /// <param name="scale">Factor of the input.</param>
    /// <param name="finishing">Whether the result is added to the output map, and whether a ReLU follows.</param>
    /// <param name="kernels">The kernels to use.</param>
    public DenseLayer(
        ConvolutionNode node, Func<string, NamedTensor> tensors, int offset, float scale, Finishing finishing, KernelSet kernels)
        : base(node.Name)
    {
        (this.kernels, this.node, this.offset, this.finishing) = (kernels, node, offset, finishing);
        weights = new PanelMatrix(node.Kernel * node.Kernel * node.Input.Channels, node.Channels, kernels.PanelWidth);
        bias = new AlignedBuffer(weights.PaddedColumns);
        bias.Values.Clear();
        if (node.HasBias)
        {
            tensors(node.Bias).Values.Span.CopyTo(bias.Values);
        }

        var filters = tensors(node.Weight).Values;
        Parallel.For(0, weights.PanelCount, panel => Pack(filters.Span, panel, scale));
    }

    public override string Kernel => "product" + (finishing.Adds ? ", sum" : "");

    public override MapBorder InputBorder => new(node.Padding, node.Padding);

    /// <summary>The kernels take six cells at a time, so they may read past the last one.</summary>
    public override int InputSlack => GemmKernel.Rows * node.Stride;

    public override long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => sizeOf(node).Cells * weights.Depth * node.Channels;

    /// <summary>Number of input channels.</summary>
    private int InChannels => node.Input.Channels;

    public override void Run(LayerCall call)
    {
        var (input, output) = (call.Input, call.Output);
        var runs = CellRuns(input, output);

        // One operand is fetched from memory repeatedly: the whole input for every panel, or all weights for every block.
        var blocks = (runs.Length + LargeBlock - 1) / LargeBlock;
        var rereadsInput = (long)weights.PanelCount * input.Width * input.Height * InChannels
            < (long)blocks * weights.Depth * weights.PaddedColumns;
        if (rereadsInput || blocks < call.Workers.Threads)
        {
            call.Workers.Run(Name, blocks * weights.PanelCount, SumFloats(LargeBlock), (piece, sums) =>
            {
                var (panel, block) = Math.DivRem(piece, blocks);
                RunBlock(input, output, panel, BlockAt(block * LargeBlock, LargeBlock), sums);
            });
            return;
        }

        // The input of a small block stays in the cache of the thread's core for all panels.
        var share = call.Workers.ShareOf(runs.Length, SmallBlock);
        call.Workers.Run(Name, (runs.Length + share - 1) / share, SumFloats(share), (block, sums) =>
        {
            for (var panel = 0; panel < weights.PanelCount; panel++)
            {
                RunBlock(input, output, panel, BlockAt(block * share, share), sums);
            }
        });

        ReadOnlySpan<CellRun> BlockAt(int first, int length) => runs.AsSpan(first, Math.Min(length, runs.Length - first));

        long SumFloats(int blockRuns) => (long)blockRuns * GemmKernel.Rows * kernels.PanelWidth;
    }

    /// <summary>Cuts the rows of the output into runs of up to six neighbouring cells.</summary>
    private CellRun[] CellRuns(ChannelMap input, ChannelMap output)
    {
        var (rows, columns) = (output.Height, output.Width);
        if (node is { Kernel: 1, Stride: 1, Padding: 0 } && offset == 0
            && input.Width == columns && input.Height == rows && input.Border == default && output.Border == default)
        {
            // The rows are contiguous: one long row has fewer partial runs.
            (rows, columns) = (1, rows * columns);
        }

        var inRow = (columns + GemmKernel.Rows - 1) / GemmKernel.Rows;
        var runs = new CellRun[rows * inRow];
        for (var i = 0; i < runs.Length; i++)
        {
            var (y, run) = Math.DivRem(i, inRow);
            var x = run * GemmKernel.Rows;
            var from = ((y + offset) * node.Stride * input.RowStride) + ((long)(x + offset) * node.Stride * input.Stride);
            var to = (y * output.RowStride) + ((long)x * output.Stride);
            runs[i] = new CellRun((nint)from, (nint)to, Math.Min(GemmKernel.Rows, columns - x));
        }

        return runs;
    }

    /// <summary>Packs (out, in, place) to a panel of (place, in, out).</summary>
    private void Pack(ReadOnlySpan<float> filters, int panel, float scale)
    {
        var places = node.Kernel * node.Kernel;
        var first = panel * kernels.PanelWidth;
        for (var lane = 0; lane < Math.Min(kernels.PanelWidth, node.Channels - first); lane++)
        {
            var filter = filters.Slice((first + lane) * InChannels * places, InChannels * places);
            for (var place = 0; place < places; place++)
            {
                var target = weights.Panel(panel, place * InChannels) + lane;
                for (var i = place; i < filter.Length; i += places, target += kernels.PanelWidth)
                {
                    *target = scale * filter[i];
                }
            }
        }
    }

    private void RunBlock(ChannelMap input, ChannelMap output, int panel, ReadOnlySpan<CellRun> runs, float* sums)
    {
        var panelWidth = kernels.PanelWidth;
        var runSums = GemmKernel.Rows * panelWidth;
        for (var place = 0; place < node.Kernel * node.Kernel; place++)
        {
            var (tapRow, tapColumn) = Math.DivRem(place, node.Kernel);
            var tap = input.Cell((tapRow * node.Dilation) - node.Padding, (tapColumn * node.Dilation) - node.Padding);
            for (var from = 0; from < InChannels; from += GemmKernel.CachedDepth)
            {
                var right = weights.Panel(panel, (place * InChannels) + from);
                var depth = Math.Min(GemmKernel.CachedDepth, InChannels - from);
                var shape = new ProductShape((nint)input.Stride * node.Stride, depth, panelWidth)
                {
                    Add = place + from > 0, AheadStep = (panelWidth + runs.Length - 1) / runs.Length,
                };
                for (var i = 0; i < runs.Length; i++)
                {
                    // Prefetches the next part of the panel while this one is used for all cells.
                    var ahead = right + (depth * (panelWidth + (i * shape.AheadStep)));
                    kernels.Multiply(tap + from + runs[i].Input, right, sums + (i * runSums), shape, ahead);
                }
            }
        }

        var channel = panel * panelWidth;
        var channels = Math.Min(panelWidth, node.Channels - channel);
        for (var i = 0; i < runs.Length; i++)
        {
            var target = output.Origin + runs[i].Output + channel;
            kernels.Finish(sums + (i * runSums), runs[i].Cells, bias.Pointer + channel, target, output.Stride, channels, finishing);
        }
    }

    /// <summary>Neighbouring output cells: the offsets of their input and their output, in floats from the maps' first cells.</summary>
    private readonly record struct CellRun(nint Input, nint Output, int Cells);
}

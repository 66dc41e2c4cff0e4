using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// A convolution without padding as a packed matrix product: fc6 (1x1 or 7x7), fc7 and the score layers. A cell is one run of memory, since
/// channels are innermost, so nothing is gathered. Each panel of weights is read once for all cells of a block.
/// </summary>
internal sealed unsafe class DenseLayer
{
    private const int BlockRuns = 64;
    private const int BlockDepth = 256;

    private readonly KernelSet kernels;
    private readonly ConvolutionSpec spec;
    private readonly int offset;
    private readonly bool rectify;
    private readonly PanelMatrix weights;
    private readonly AlignedBuffer bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="network">Where they are.</param>
    /// <param name="spec">Which layer; without padding.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    /// <param name="offset">Input cells to skip at the top and the left.</param>
    /// <param name="scale">What the input is multiplied by.</param>
    /// <param name="kernels">What computes.</param>
    public DenseLayer(FcnNetwork network, ConvolutionSpec spec, bool rectify, int offset, float scale, KernelSet kernels)
    {
        (this.kernels, this.spec, this.rectify, this.offset) = (kernels, spec, rectify, offset);
        weights = new PanelMatrix(spec.Kernel * spec.Kernel * spec.InChannels, spec.OutChannels, kernels.PanelWidth);
        bias = new AlignedBuffer(weights.PaddedColumns);
        bias.Values.Clear();
        network[spec.Bias].Values.Span.CopyTo(bias.Values);

        var filters = network[spec.Weight].Values;
        Parallel.For(0, weights.PanelCount, panel => Pack(filters.Span, panel, scale));
    }

    /// <summary>The whole output; the caller disposes it.</summary>
    public ChannelMap Run(ChannelMap input, int outputBorder, ScratchMemory scratch, Workers workers) =>
        Run(input, input.Height - spec.Kernel + 1, input.Width - spec.Kernel + 1, outputBorder, scratch, workers);

    /// <summary>The first rows and columns of the output; the caller disposes it.</summary>
    public ChannelMap Run(ChannelMap input, int height, int width, int outputBorder, ScratchMemory scratch, Workers workers)
    {
        var output = new ChannelMap(scratch, height, width, spec.OutChannels, outputBorder);
        var runs = CellRun.Of(input, output, offset);
        var blocks = (runs.Length + BlockRuns - 1) / BlockRuns;
        var perThread = (long)BlockRuns * GemmKernel.Rows * kernels.PanelWidth;
        var memory = scratch.Rent(perThread * workers.Threads);
        try
        {
            workers.Run(spec.Name, blocks * weights.PanelCount, (thread, piece) =>
            {
                var (panel, block) = Math.DivRem(piece, blocks);
                var first = block * BlockRuns;
                var part = runs.AsSpan(first, Math.Min(BlockRuns, runs.Length - first));
                RunBlock(input, output, panel, part, memory.Pointer + (thread * perThread));
            });
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
        finally
        {
            scratch.Return(memory);
        }
    }

    /// <summary>From (out, in, place) to a panel of (place, in), out innermost.</summary>
    private void Pack(ReadOnlySpan<float> filters, int panel, float scale)
    {
        var places = spec.Kernel * spec.Kernel;
        var first = panel * kernels.PanelWidth;
        for (var lane = 0; lane < Math.Min(kernels.PanelWidth, spec.OutChannels - first); lane++)
        {
            var filter = filters.Slice((first + lane) * spec.InChannels * places, spec.InChannels * places);
            for (var place = 0; place < places; place++)
            {
                var target = weights.Panel(panel, place * spec.InChannels) + lane;
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
        for (var place = 0; place < spec.Kernel * spec.Kernel; place++)
        {
            for (var from = 0; from < spec.InChannels; from += BlockDepth)
            {
                var left = input.Cell(place / spec.Kernel, place % spec.Kernel) + from;
                var right = weights.Panel(panel, (place * spec.InChannels) + from);
                var shape = new ProductShape(input.Stride, Math.Min(BlockDepth, spec.InChannels - from), panelWidth)
                {
                    Add = place + from > 0, AheadStep = (panelWidth + runs.Length - 1) / runs.Length,
                };
                for (var i = 0; i < runs.Length; i++)
                {
                    // While this part of a panel is used for all cells, the next one is fetched.
                    var ahead = right + (shape.Depth * (panelWidth + (i * shape.AheadStep)));
                    kernels.Multiply(left + runs[i].Input, right, sums + (i * runSums), shape, ahead);
                }
            }
        }

        var channel = panel * panelWidth;
        var channels = Math.Min(panelWidth, spec.OutChannels - channel);
        for (var i = 0; i < runs.Length; i++)
        {
            var target = output.Origin + runs[i].Output + channel;
            kernels.Finish(sums + (i * runSums), runs[i].Cells, bias.Pointer + channel, target, output.Stride, channels, rectify);
        }
    }
}

using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// A convolution without padding as a packed matrix product: fc6 (1x1 or 7x7), fc7 and the score layers. A row of a kernel is one run of memory,
/// since channels are innermost, so nothing is gathered. Each panel of weights is read once for all cells of a block.
/// </summary>
internal sealed unsafe class DenseLayer
{
    private const int BlockRuns = 64;
    private const int BlockDepth = 256;

    private readonly ConvolutionSpec spec;
    private readonly int offset;
    private readonly bool rectify;
    private readonly int inStride;
    private readonly PanelMatrix weights;
    private readonly AlignedBuffer bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="network">Where they are.</param>
    /// <param name="spec">Which layer; without padding.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    /// <param name="offset">Input cells to skip at the top and the left.</param>
    /// <param name="scale">What the input is multiplied by.</param>
    public DenseLayer(FcnNetwork network, ConvolutionSpec spec, bool rectify, int offset = 0, float scale = 1)
    {
        (this.spec, this.rectify, this.offset) = (spec, rectify, offset);
        inStride = ChannelMap.RoundUp(spec.InChannels);
        weights = new PanelMatrix(spec.Kernel * spec.Kernel * inStride, spec.OutChannels);
        bias = new AlignedBuffer(weights.PaddedColumns);
        bias.Values.Clear();
        network[spec.Bias].Values.Span.CopyTo(bias.Values);

        var filters = network[spec.Weight].Values;
        Parallel.For(0, weights.PanelCount, panel => Pack(filters.Span, panel, scale));
    }

    /// <summary>The whole output; the caller disposes it.</summary>
    public ChannelMap Run(ChannelMap input, int outputBorder, ScratchPool scratch, Workers workers) =>
        Run(input, input.Height - spec.Kernel + 1, input.Width - spec.Kernel + 1, outputBorder, scratch, workers);

    /// <summary>The first rows and columns of the output; the caller disposes it.</summary>
    public ChannelMap Run(ChannelMap input, int height, int width, int outputBorder, ScratchPool scratch, Workers workers)
    {
        var output = new ChannelMap(scratch, height, width, spec.OutChannels, outputBorder);
        var runs = CellRun.Of(input, output, offset);
        var blocks = (runs.Length + BlockRuns - 1) / BlockRuns;
        var perThread = (long)BlockRuns * GemmKernel.Rows * GemmKernel.PanelWidth;
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
        var first = panel * GemmKernel.PanelWidth;
        for (var lane = 0; lane < Math.Min(GemmKernel.PanelWidth, spec.OutChannels - first); lane++)
        {
            var filter = filters.Slice((first + lane) * spec.InChannels * places, spec.InChannels * places);
            for (var place = 0; place < places; place++)
            {
                var target = weights.Panel(panel, place * inStride) + lane;
                for (var i = place; i < filter.Length; i += places, target += GemmKernel.PanelWidth)
                {
                    *target = scale * filter[i];
                }
            }
        }
    }

    private void RunBlock(ChannelMap input, ChannelMap output, int panel, ReadOnlySpan<CellRun> runs, float* sums)
    {
        var panelWidth = GemmKernel.PanelWidth;
        var runSums = GemmKernel.Rows * panelWidth;
        var segment = spec.Kernel * inStride;
        for (var row = 0; row < spec.Kernel; row++)
        {
            for (var from = 0; from < segment; from += BlockDepth)
            {
                var left = input.Origin + (row * input.RowStride) + from;
                var right = weights.Panel(panel, (row * segment) + from);
                var depth = Math.Min(BlockDepth, segment - from);
                for (var i = 0; i < runs.Length; i++)
                {
                    GemmKernel.Run(left + runs[i].Input, input.Stride, 1, 0, depth, right, sums + (i * runSums), panelWidth, add: row + from > 0);
                }
            }
        }

        var channel = panel * panelWidth;
        var channels = Math.Min(panelWidth, output.Stride - channel);
        for (var i = 0; i < runs.Length; i++)
        {
            var target = output.Origin + runs[i].Output + channel;
            Epilogue.Store(sums + (i * runSums), runs[i].Cells, bias.Pointer + channel, target, output.Stride, channels, rectify);
        }
    }
}

using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// A 3x3 convolution with ReLU, and the 2x2 max pool behind it where there is one, by Winograd's F(4x4, 3x3): a tile of 4x4 outputs takes
/// 36 multiplications a channel pair instead of 144. Tiles are transformed, multiplied as 36 matrix products, and transformed back.
/// </summary>
/// <remarks>
/// The filters are transformed for each picture, because transformed they are four times as large. Where there are many tiles, all filters
/// are transformed first, and threads take blocks of tiles; where there are few, threads take panels of output channels, whose filters need
/// not leave the core's cache.
/// </remarks>
internal sealed unsafe class WinogradLayer
{
    private const int Output = WinogradTransforms.Output;
    private const int Places = WinogradTransforms.Input * WinogradTransforms.Input;
    private const int Taps = 9;

    /// <summary>Rows of the packed taps that stay in the nearest cache while every lane of them is written.</summary>
    private const int PackedAtOnce = 128;

    /// <summary>Input channels whose filters a thread transforms at once, for one panel.</summary>
    private const int TransformedAtOnce = 16;

    /// <summary>Up to as many tiles, fetching the filters takes longer than fetching the tiles again for every panel.</summary>
    private const int FewTiles = 128;

    private readonly KernelSet kernels;
    private readonly string name;
    private readonly int inChannels;
    private readonly int outChannels;
    private readonly bool pool;
    private readonly int panels;
    private readonly PanelMatrix taps;
    private readonly AlignedBuffer bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="network">Where they are; without batch norm.</param>
    /// <param name="spec">Which layer: 3x3 with padding 1.</param>
    /// <param name="pool">Whether a 2x2 max pool of stride 2, rounding up, follows.</param>
    /// <param name="kernels">What computes.</param>
    public WinogradLayer(FcnNetwork network, ConvolutionSpec spec, bool pool, KernelSet kernels)
    {
        (this.kernels, name, inChannels, outChannels, this.pool) = (kernels, spec.Name, spec.InChannels, spec.OutChannels, pool);
        panels = (outChannels + kernels.PanelWidth - 1) / kernels.PanelWidth;
        bias = new AlignedBuffer(panels * kernels.PanelWidth);
        bias.Values.Clear();
        network[spec.Bias].Values.Span.CopyTo(bias.Values);

        taps = new PanelMatrix(inChannels * Taps, panels * kernels.PanelWidth, kernels.Lanes);
        var filters = network[spec.Weight].Values;
        Parallel.For(0, taps.PanelCount, group => Pack(filters.Span, group));
    }

    public int OutChannels => outChannels;

    private int Shrink => pool ? 2 : 1;

    /// <summary>Floats that transformed filters take.</summary>
    public static long FilterFloats(int inChannels, int paddedOutChannels) =>
        (long)Places * FilterPlaceStride(inChannels, paddedOutChannels);

    /// <summary>Rows (or columns) of the output for those of an input.</summary>
    public int OutputSide(int side) => (side + Shrink - 1) / Shrink;

    /// <summary>The layer's output; the caller disposes it.</summary>
    /// <param name="input">Has a border of at least <see cref="WinogradTransforms.Output"/> zero cells.</param>
    /// <param name="outputBorder">Border of the output, in cells.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    public ChannelMap Run(ChannelMap input, int outputBorder, ScratchMemory scratch, Workers workers)
    {
        var output = new ChannelMap(scratch, OutputSide(input.Height), OutputSide(input.Width), outChannels, outputBorder);
        try
        {
            var tiles = OutputTiles(input.Height) * OutputTiles(input.Width);
            if (tiles <= FewTiles && panels >= workers.Threads)
            {
                RunByPanels(input, tiles, output, scratch, workers);
            }
            else
            {
                var filters = TransformFilters(scratch, workers);
                Run(input, 0, input.Height, filters, output, 0, scratch, workers);
                scratch.Return(filters);
            }

            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>U of every filter, (place, panel, in, lane). The caller returns the buffer.</summary>
    public ScratchBuffer TransformFilters(ScratchMemory scratch, Workers workers)
    {
        var filters = scratch.Rent(FilterFloats(inChannels, taps.Columns));
        var placeStride = FilterPlaceStride(inChannels, taps.Columns);
        var chunks = (inChannels + TransformedAtOnce - 1) / TransformedAtOnce;
        workers.Run(name, panels * chunks, (_, piece) =>
        {
            var (panel, chunk) = Math.DivRem(piece, chunks);
            var from = chunk * TransformedAtOnce;
            var end = Math.Min(from + TransformedAtOnce, inChannels);
            TransformPanel(panel, from, end, filters.Pointer + (panel * inChannels * kernels.PanelWidth), placeStride);
        });
        return filters;
    }

    /// <summary>Computes some rows of convolution, and writes them, or those of the pool behind it.</summary>
    /// <param name="input">Its border, at least <see cref="WinogradTransforms.Output"/> cells wide, holds what lies around it, or
    /// zeros.</param>
    /// <param name="firstRow">The first row; a multiple of <see cref="WinogradTransforms.Output"/>.</param>
    /// <param name="endRow">Behind the last one.</param>
    /// <param name="filters">What <see cref="TransformFilters"/> gave.</param>
    /// <param name="output">Takes them.</param>
    /// <param name="outputRow">Where the first goes; it may lie in the border.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    public void Run(
        ChannelMap input, int firstRow, int endRow, ScratchBuffer filters, ChannelMap output, int outputRow,
        ScratchMemory scratch, Workers workers)
    {
        var firstTile = OutputTiles(firstRow) * OutputTiles(input.Width);
        var tiles = (OutputTiles(endRow) * OutputTiles(input.Width)) - firstTile;
        var block = WinogradBlock.ShareOf(tiles, input.Stride, taps.Columns, workers.Threads);
        var perThread = block.InputFloats + block.ProductFloats;
        var memory = scratch.Rent(perThread * workers.Threads);
        try
        {
            workers.Run(name, (tiles + block.Tiles - 1) / block.Tiles, (thread, index) =>
            {
                var first = index * block.Tiles;
                var count = Math.Min(block.Tiles, tiles - first);
                var transformed = memory.Pointer + (thread * perThread);
                var products = transformed + block.InputFloats;
                TransformIn(input, firstTile + first, count, transformed, block);
                Multiply(transformed, filters.Pointer, panels, products, count, block);
                TransformOut(products, block, firstTile + first, count, 0, outChannels, input, output, outputRow - (firstRow / Shrink));
            });
        }
        finally
        {
            scratch.Return(memory);
        }
    }

    /// <summary>The whole output. Threads share the tiles to transform them, and then the panels.</summary>
    private void RunByPanels(ChannelMap input, int tiles, ChannelMap output, ScratchMemory scratch, Workers workers)
    {
        var block = WinogradBlock.Of(tiles, input.Stride, kernels.PanelWidth);
        var transformed = scratch.Rent(block.InputFloats);
        var perThread = FilterFloats(inChannels, kernels.PanelWidth) + block.ProductFloats;
        var memory = scratch.Rent(perThread * workers.Threads);
        try
        {
            workers.Run(name, tiles, (_, tile) => TransformIn(input, tile, 1, transformed.Pointer + (tile * input.Stride), block));
            workers.Run(name, panels, (thread, panel) =>
            {
                var filters = memory.Pointer + (thread * perThread);
                var products = filters + FilterFloats(inChannels, kernels.PanelWidth);
                var channel = panel * kernels.PanelWidth;
                TransformPanel(panel, 0, inChannels, filters, FilterPlaceStride(inChannels, kernels.PanelWidth));
                Multiply(transformed.Pointer, filters, 1, products, tiles, block);
                TransformOut(products, block, 0, tiles, channel, Math.Min(kernels.PanelWidth, outChannels - channel), input, output, 0);
            });
        }
        finally
        {
            scratch.Return(memory);
            scratch.Return(transformed);
        }
    }

    private static int OutputTiles(int side) => (side + Output - 1) / Output;

    /// <summary>Floats from one of the 36 places of transformed filters to the next.</summary>
    private static nint FilterPlaceStride(int inChannels, int paddedOutChannels) =>
        ((nint)inChannels * paddedOutChannels) + WinogradBlock.Gap;

    /// <summary>U of the filters from some input channels to a panel, (place, in, lane).</summary>
    private void TransformPanel(int panel, int firstIn, int endIn, float* target, nint placeStride)
    {
        for (var inChannel = firstIn; inChannel < endIn; inChannel++)
        {
            for (var half = 0; half < 2; half++)
            {
                var at = target + (inChannel * kernels.PanelWidth) + (half * kernels.Lanes);
                kernels.TransformFilter(taps.Panel((2 * panel) + half, inChannel * Taps), at, placeStride);
            }
        }
    }

    private void TransformIn(ChannelMap input, int first, int count, float* transformed, WinogradBlock block)
    {
        for (var tile = 0; tile < count; tile++, transformed += input.Stride)
        {
            var (y, x) = Math.DivRem(first + tile, OutputTiles(input.Width));
            var corner = input.Cell((y * Output) - 1, (x * Output) - 1);
            kernels.TransformInput(corner, (nint)input.RowStride, input.Stride, inChannels, transformed, block.InputPlaceStride);
        }
    }

    /// <summary>M[p] = V[p] U[p] for each of the 36 places of a tile. While a panel is used for all tiles, the next one is
    /// fetched.</summary>
    private void Multiply(float* transformed, float* filters, int panelCount, float* products, int tiles, WinogradBlock block)
    {
        var panelFloats = inChannels * kernels.PanelWidth;
        var placeStride = FilterPlaceStride(inChannels, panelCount * kernels.PanelWidth);
        var runs = (tiles + GemmKernel.Rows - 1) / GemmKernel.Rows;
        var shape = new ProductShape(block.InputStride, inChannels, block.ProductStride)
        {
            AheadStep = (kernels.PanelWidth + runs - 1) / runs,
        };
        for (var index = 0; index < Places * panelCount; index++)
        {
            var (place, panel) = Math.DivRem(index, panelCount);
            var left = transformed + (place * block.InputPlaceStride);
            var right = filters + (place * placeStride) + (panel * panelFloats);
            var result = products + (place * block.ProductPlaceStride) + (panel * kernels.PanelWidth);
            for (var run = 0; run < runs; run++)
            {
                var tile = run * GemmKernel.Rows;
                var ahead = right + panelFloats + (run * inChannels * shape.AheadStep);
                kernels.Multiply(left + (tile * block.InputStride), right, result + (tile * block.ProductStride), shape, ahead);
            }
        }
    }

    private void TransformOut(
        float* products, WinogradBlock block, int first, int count, int channel, int channels, ChannelMap input,
        ChannelMap output, int outputRow)
    {
        for (var tile = 0; tile < count; tile++, products += block.ProductStride)
        {
            var (row, column) = Math.DivRem(first + tile, OutputTiles(input.Width));
            var (y, x) = (row * Output, column * Output);
            var cell = output.Cell(outputRow + (y / Shrink), x / Shrink) + channel;
            var target = new WinogradTarget(
                (nint)output.RowStride, output.Stride, Math.Min(Output, input.Height - y), Math.Min(Output, input.Width - x), pool);
            kernels.TransformOutput(products, block.ProductPlaceStride, bias.Pointer + channel, channels, cell, target);
        }
    }

    /// <summary>From (out, in, tap) to (in, tap, out) for as many output channels as a register has lanes; those that do not exist are
    /// zero.</summary>
    private void Pack(ReadOnlySpan<float> filters, int group)
    {
        var firstOut = group * kernels.Lanes;
        var length = inChannels * Taps;
        for (var from = 0; from < length; from += PackedAtOnce)
        {
            var count = Math.Min(PackedAtOnce, length - from);
            for (var lane = 0; lane < Math.Min(kernels.Lanes, outChannels - firstOut); lane++)
            {
                var target = taps.Panel(group, from) + lane;
                foreach (var value in filters.Slice(((firstOut + lane) * length) + from, count))
                {
                    *target = value;
                    target += kernels.Lanes;
                }
            }
        }
    }
}

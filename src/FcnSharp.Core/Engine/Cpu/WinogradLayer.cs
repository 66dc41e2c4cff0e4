using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// A 3x3 convolution of stride 1 by Winograd's F(4x4, 3x3), with bias, sum, ReLU and an optional 2x2 max pool: a tile of 4x4 outputs takes
/// 36 multiplications per channel pair instead of 144. Tiles are transformed, multiplied as 36 matrix products, and transformed back. A
/// dilated convolution is an ordinary one on each of the interleaved maps (see <see cref="TileGrid"/>).
/// </summary>
/// <remarks>
/// The filters are transformed for each picture, because transformed filters are four times as large. With many tiles, all filters are
/// transformed first, and each work item is a block of tiles; with few tiles, each work item is a panel of output channels, whose filters
/// stay in the core's cache.
/// </remarks>
internal sealed unsafe class WinogradLayer : RowLayer
{
    private const int Output = WinogradTransforms.Output;
    private const int Places = WinogradTransforms.Input * WinogradTransforms.Input;
    private const int Taps = 9;

    /// <summary>Rows of the packed taps that stay in the L1 cache while every lane of them is written.</summary>
    private const int PackedAtOnce = 128;

    /// <summary>Input channels whose filters a thread transforms at once, for one panel.</summary>
    private const int TransformedAtOnce = 16;

    /// <summary>Up to this many tiles, reading the filters takes longer than reading the tiles again for every panel.</summary>
    private const int FewTiles = 128;

    private readonly ConvolutionNode node;
    private readonly KernelSet kernels;
    private readonly int inChannels;
    private readonly int dilation;
    private readonly bool pools;
    private readonly Finishing finishing;
    private readonly int panels;
    private readonly PanelMatrix taps;
    private readonly AlignedBuffer bias;

    /// <summary>Packs the weights.</summary>
    /// <param name="node">The convolution, without normalisation; <see cref="Takes"/> is true for it.</param>
    /// <param name="tensors">The network's tensors by name.</param>
    /// <param name="pools">Whether a 2x2 max pool of stride 2, rounding up, follows.</param>
    /// <param name="finishing">Whether the result is added to the output map, and whether a ReLU follows.</param>
    /// <param name="kernels">The kernels to use.</param>
    public WinogradLayer(
        ConvolutionNode node, Func<string, NamedTensor> tensors, bool pools, Finishing finishing, KernelSet kernels)
        : base(node.Name, node.Channels)
    {
        (this.node, this.kernels, this.pools, this.finishing) = (node, kernels, pools, finishing);
        (inChannels, dilation) = (node.Input.Channels, node.Dilation);
        panels = (OutChannels + kernels.PanelWidth - 1) / kernels.PanelWidth;
        bias = new AlignedBuffer(panels * kernels.PanelWidth);
        bias.Values.Clear();
        if (node.HasBias)
        {
            tensors(node.Bias).Values.Span.CopyTo(bias.Values);
        }

        taps = new PanelMatrix(inChannels * Taps, panels * kernels.PanelWidth, kernels.Lanes);
        var filters = tensors(node.Weight).Values;
        Parallel.For(0, taps.PanelCount, group => Pack(filters.Span, group));
    }

    public override string Kernel => "Winograd F(4x4, 3x3)" + (pools ? ", max pool" : "") + (finishing.Adds ? ", sum" : "");

    /// <summary>A tile starts one cell before the map and ends up to four cells after it.</summary>
    public override MapBorder InputBorder => new(dilation, Output * dilation);

    /// <summary>Whether a 2x2 max pool of stride 2 follows.</summary>
    public bool Pools => pools;

    public override bool IsPlain => !pools && !finishing.Adds && dilation == 1;

    /// <summary>A part of a map that starts at a whole tile has the same tiles as the map.</summary>
    public override int Alignment => Output * dilation / Shrink;

    private int Shrink => pools ? 2 : 1;

    /// <summary>Whether Winograd's method applies to a convolution: 3x3, stride 1, same padding.</summary>
    public static bool Takes(ConvolutionNode node) => node is { Kernel: 3, Stride: 1 } && node.Padding == node.Dilation;

    public override long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => sizeOf(node).Cells * Taps * inChannels * OutChannels;

    public override long Multiplications(Func<GraphNode, MapSize> sizeOf) =>
        (long)new TileGrid(sizeOf(node).Height, sizeOf(node).Width, dilation).Count * Places * inChannels * OutChannels;

    public override long ScratchFloats(Func<GraphNode, MapSize> sizeOf) => FilterFloats(taps.Columns);

    public override MapSize OutputSize(LayerCall call) => new(call.Input.Width, call.Input.Height);

    public override void Run(LayerCall call)
    {
        var grid = new TileGrid(call.Input.Height, call.Input.Width, dilation);
        if (grid.Count <= FewTiles && panels >= call.Workers.Threads)
        {
            RunByPanels(call, grid);
            return;
        }

        var filters = Prepare(call.Workers);
        try
        {
            RunTiles(call, grid, 0, grid.Count, filters, 0);
        }
        finally
        {
            call.Workers.Scratch.Return(filters);
        }
    }

    /// <summary>Transforms every filter to U, (place, panel, in, lane).</summary>
    public override ScratchBuffer Prepare(Workers workers)
    {
        var filters = workers.Scratch.Rent(FilterFloats(taps.Columns));
        var placeStride = FilterPlaceStride(taps.Columns);
        var chunks = (inChannels + TransformedAtOnce - 1) / TransformedAtOnce;
        workers.Run(Name, panels * chunks, room: 0, (piece, _) =>
        {
            var (panel, chunk) = Math.DivRem(piece, chunks);
            var from = chunk * TransformedAtOnce;
            var end = Math.Min(from + TransformedAtOnce, inChannels);
            TransformPanel(panel, from, end, filters.Pointer + (panel * inChannels * kernels.PanelWidth), placeStride);
        });
        return filters;
    }

    /// <remarks>Only for a layer without dilation; the first row is a multiple of <see cref="WinogradTransforms.Output"/>.</remarks>
    public override void RunRows(LayerCall call, ScratchBuffer? prepared, int firstRow, int endRow, int outputRow)
    {
        var grid = new TileGrid(call.Input.Height, call.Input.Width, dilation);
        var end = (endRow + Output - 1) / Output * grid.Across;
        RunTiles(call, grid, firstRow / Output * grid.Across, end, prepared!, outputRow - (firstRow / Shrink));
    }

    private void RunTiles(LayerCall call, TileGrid grid, int firstTile, int endTile, ScratchBuffer filters, int outputRow)
    {
        var tiles = endTile - firstTile;
        var block = WinogradBlock.ShareOf(tiles, call.Input.Stride, taps.Columns, call.Workers);
        call.Workers.Run(Name, (tiles + block.Tiles - 1) / block.Tiles, block.InputFloats + block.ProductFloats, (index, transformed) =>
        {
            var first = index * block.Tiles;
            var count = Math.Min(block.Tiles, tiles - first);
            var products = transformed + block.InputFloats;
            TransformIn(call.Input, grid, firstTile + first, count, transformed, block);
            Multiply(transformed, filters.Pointer, panels, products, count, block);
            TransformOut(products, block, grid, firstTile + first, count, 0, OutChannels, call.Output, outputRow);
        });
    }

    /// <summary>Computes the whole output: first the tiles are transformed in parallel, then the panels are multiplied in
    /// parallel.</summary>
    private void RunByPanels(LayerCall call, TileGrid grid)
    {
        var (input, workers) = (call.Input, call.Workers);
        var block = WinogradBlock.Of(grid.Count, input.Stride, kernels.PanelWidth);
        var transformed = workers.Scratch.Rent(block.InputFloats);
        try
        {
            workers.Run(Name, grid.Count, room: 0, (tile, _) =>
                TransformIn(input, grid, tile, 1, transformed.Pointer + (tile * input.Stride), block));
            workers.Run(Name, panels, FilterFloats(kernels.PanelWidth) + block.ProductFloats, (panel, filters) =>
            {
                var products = filters + FilterFloats(kernels.PanelWidth);
                var channel = panel * kernels.PanelWidth;
                var channels = Math.Min(kernels.PanelWidth, OutChannels - channel);
                TransformPanel(panel, 0, inChannels, filters, FilterPlaceStride(kernels.PanelWidth));
                Multiply(transformed.Pointer, filters, 1, products, grid.Count, block);
                TransformOut(products, block, grid, 0, grid.Count, channel, channels, call.Output, 0);
            });
        }
        finally
        {
            workers.Scratch.Return(transformed);
        }
    }

    /// <summary>Floats of the transformed filters.</summary>
    private long FilterFloats(int paddedOutChannels) => (long)Places * FilterPlaceStride(paddedOutChannels);

    /// <summary>Floats from one of the 36 places of transformed filters to the next.</summary>
    private nint FilterPlaceStride(int paddedOutChannels) => ((nint)inChannels * paddedOutChannels) + WinogradBlock.Gap;

    /// <summary>Transforms the filters from a range of input channels to a panel, (place, in, lane).</summary>
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

    private void TransformIn(ChannelMap input, TileGrid grid, int first, int count, float* transformed, WinogradBlock block)
    {
        var (rowStride, cellStride) = ((nint)input.RowStride * dilation, (nint)input.Stride * dilation);
        for (var tile = 0; tile < count; tile++, transformed += input.Stride)
        {
            var (y, x, rows, columns) = grid[first + tile];
            if (rows > 0 && columns > 0)
            {
                var corner = input.Cell(y - dilation, x - dilation);
                kernels.TransformInput(corner, rowStride, cellStride, inChannels, transformed, block.InputPlaceStride);
            }
        }
    }

    /// <summary>M[p] = V[p] U[p] for each of the 36 places of a tile. Prefetches the next part of a panel while one is used for all
    /// tiles.</summary>
    private void Multiply(float* transformed, float* filters, int panelCount, float* products, int tiles, WinogradBlock block)
    {
        var panelFloats = inChannels * kernels.PanelWidth;
        var placeStride = FilterPlaceStride(panelCount * kernels.PanelWidth);
        var runs = (tiles + GemmKernel.Rows - 1) / GemmKernel.Rows;
        for (var index = 0; index < Places * panelCount; index++)
        {
            var (place, panel) = Math.DivRem(index, panelCount);
            var left = transformed + (place * block.InputPlaceStride);
            var right = filters + (place * placeStride) + (panel * panelFloats);
            var result = products + (place * block.ProductPlaceStride) + (panel * kernels.PanelWidth);
            for (var from = 0; from < inChannels; from += GemmKernel.CachedDepth)
            {
                var depth = Math.Min(GemmKernel.CachedDepth, inChannels - from);
                var shape = new ProductShape(block.InputStride, depth, block.ProductStride)
                {
                    Add = from > 0, AheadStep = (kernels.PanelWidth + runs - 1) / runs,
                };
                var part = right + (from * kernels.PanelWidth);
                for (var run = 0; run < runs; run++)
                {
                    var tile = run * GemmKernel.Rows;
                    var ahead = part + (depth * (kernels.PanelWidth + (run * shape.AheadStep)));
                    kernels.Multiply(
                        left + from + (tile * block.InputStride), part, result + (tile * block.ProductStride), shape, ahead);
                }
            }
        }
    }

    private void TransformOut(
        float* products, WinogradBlock block, TileGrid grid, int first, int count, int channel, int channels, ChannelMap output,
        int outputRow)
    {
        var (rowStride, cellStride) = ((nint)output.RowStride * dilation, (nint)output.Stride * dilation);
        for (var tile = 0; tile < count; tile++, products += block.ProductStride)
        {
            var (y, x, rows, columns) = grid[first + tile];
            var cell = output.Cell(outputRow + (y / Shrink), x / Shrink) + channel;
            var target = new WinogradTarget(rowStride, cellStride, rows, columns, pools, finishing);
            kernels.TransformOutput(products, block.ProductPlaceStride, bias.Pointer + channel, channels, cell, target);
        }
    }

    /// <summary>Packs (out, in, tap) to (in, tap, out) for as many output channels as a register has lanes; padding channels are
    /// zero.</summary>
    private void Pack(ReadOnlySpan<float> filters, int group)
    {
        var lanes = kernels.Lanes;
        var firstOut = group * lanes;
        var length = inChannels * Taps;
        for (var from = 0; from < length; from += PackedAtOnce)
        {
            var count = Math.Min(PackedAtOnce, length - from);
            for (var lane = 0; lane < Math.Min(lanes, OutChannels - firstOut); lane++)
            {
                var target = taps.Panel(group, from) + lane;
                foreach (var value in filters.Slice(((firstOut + lane) * length) + from, count))
                {
                    *target = value;
                    target += lanes;
                }
            }
        }
    }
}

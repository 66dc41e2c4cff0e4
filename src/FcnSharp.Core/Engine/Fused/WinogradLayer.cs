using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// A 3x3 convolution with ReLU, and the 2x2 max pool behind it where there is one, by Winograd's F(4x4, 3x3): a tile of 4x4 outputs takes
/// 36 multiplications a channel pair instead of 144. Tiles are taken in blocks: transformed, multiplied as 36 matrix products, transformed back.
/// </summary>
internal sealed unsafe class WinogradLayer
{
    private const int Output = WinogradTransforms.Output;
    private const int Places = WinogradTransforms.Input * WinogradTransforms.Input;

    private readonly KernelSet kernels;
    private readonly string name;
    private readonly int inChannels;
    private readonly int outChannels;
    private readonly bool pool;
    private readonly int panels;
    private readonly PanelMatrix weights;
    private readonly AlignedBuffer bias;

    /// <summary>Transforms and packs the weights.</summary>
    /// <param name="network">Where they are; without batch norm.</param>
    /// <param name="spec">Which layer: 3x3 with padding 1.</param>
    /// <param name="pool">Whether a 2x2 max pool of stride 2, rounding up, follows.</param>
    /// <param name="kernels">What computes.</param>
    public WinogradLayer(FcnNetwork network, ConvolutionSpec spec, bool pool, KernelSet kernels)
    {
        (this.kernels, name, inChannels, outChannels, this.pool) = (kernels, spec.Name, spec.InChannels, spec.OutChannels, pool);
        panels = (outChannels + kernels.PanelWidth - 1) / kernels.PanelWidth;
        weights = new PanelMatrix(inChannels, Places * panels * kernels.PanelWidth, kernels.PanelWidth);
        bias = new AlignedBuffer(panels * kernels.PanelWidth);
        bias.Values.Clear();
        network[spec.Bias].Values.Span.CopyTo(bias.Values);

        var filters = network[spec.Weight].Values;
        Parallel.For(0, panels, panel =>
        {
            for (var inChannel = 0; inChannel < inChannels; inChannel++)
            {
                Pack(filters.Span, panel, inChannel);
            }
        });
    }

    public int OutChannels => outChannels;

    /// <summary>Rows (or columns) of the output for those of an input.</summary>
    public int OutputSide(int side) => pool ? (side + 1) / 2 : side;

    /// <summary>The layer's output; the caller disposes it.</summary>
    /// <param name="input">Has a border of at least <see cref="WinogradTransforms.Output"/> zero cells.</param>
    /// <param name="outputBorder">Border of the output, in cells.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    public ChannelMap Run(ChannelMap input, int outputBorder, ScratchPool scratch, Workers workers)
    {
        var output = new ChannelMap(scratch, OutputSide(input.Height), OutputSide(input.Width), outChannels, outputBorder);
        try
        {
            Run(input, output, 0, scratch, workers);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Writes the output of a strip of rows.</summary>
    /// <param name="input">The strip; its border holds the rows around it, and zeros elsewhere.</param>
    /// <param name="output">Takes the output.</param>
    /// <param name="outputRow">Where its first row goes.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    public void Run(ChannelMap input, ChannelMap output, int outputRow, ScratchPool scratch, Workers workers)
    {
        var tiles = OutputTiles(input.Width) * OutputTiles(input.Height);
        var block = new WinogradBlock(tiles, input.Stride, panels * kernels.PanelWidth, workers.Threads);
        var memory = scratch.Rent(block.Floats * workers.Threads);
        try
        {
            workers.Run(name, (tiles + block.Tiles - 1) / block.Tiles, (thread, index) =>
            {
                var first = index * block.Tiles;
                var count = Math.Min(block.Tiles, tiles - first);
                var transformed = memory.Pointer + (thread * block.Floats);
                var products = transformed + (Places * block.InputPlaceStride);
                TransformIn(input, first, count, transformed, block);
                Multiply(transformed, products, count, block);
                TransformOut(products, block, first, count, input, output, outputRow);
            });
        }
        finally
        {
            scratch.Return(memory);
        }
    }

    private static int OutputTiles(int side) => (side + Output - 1) / Output;

    private void TransformIn(ChannelMap input, int first, int count, float* transformed, WinogradBlock block)
    {
        for (var tile = 0; tile < count; tile++, transformed += input.Stride)
        {
            var (y, x) = Math.DivRem(first + tile, OutputTiles(input.Width));
            var corner = input.Cell((y * Output) - 1, (x * Output) - 1);
            kernels.TransformInput(corner, (nint)input.RowStride, input.Stride, inChannels, transformed, block.InputPlaceStride);
        }
    }

    /// <summary>M[p] = V[p] U[p] for each of the 36 places of a tile. While a panel is used for all tiles, the next one is fetched.</summary>
    private void Multiply(float* transformed, float* products, int tiles, WinogradBlock block)
    {
        var panelFloats = inChannels * kernels.PanelWidth;
        var runs = (tiles + GemmKernel.Rows - 1) / GemmKernel.Rows;
        var shape = new ProductShape(block.InputStride, inChannels, block.ProductStride) { AheadStep = (kernels.PanelWidth + runs - 1) / runs };
        for (var index = 0; index < weights.PanelCount; index++)
        {
            var (place, panel) = Math.DivRem(index, panels);
            var left = transformed + (place * block.InputPlaceStride);
            var right = weights.Panel(index);
            var result = products + (place * block.ProductPlaceStride) + (panel * kernels.PanelWidth);
            for (var run = 0; run < runs; run++)
            {
                var tile = run * GemmKernel.Rows;
                var ahead = right + panelFloats + (run * inChannels * shape.AheadStep);
                kernels.Multiply(left + (tile * block.InputStride), right, result + (tile * block.ProductStride), shape, ahead);
            }
        }
    }

    private void TransformOut(float* products, WinogradBlock block, int first, int count, ChannelMap input, ChannelMap output, int outputRow)
    {
        var shrink = pool ? 2 : 1;
        for (var tile = 0; tile < count; tile++, products += block.ProductStride)
        {
            var (row, column) = Math.DivRem(first + tile, OutputTiles(input.Width));
            var (y, x) = (row * Output, column * Output);
            var cell = output.Cell(outputRow + (y / shrink), x / shrink);
            var target = new WinogradTarget(
                (nint)output.RowStride, output.Stride, Math.Min(Output, input.Height - y), Math.Min(Output, input.Width - x), pool);
            kernels.TransformOutput(products, block.ProductPlaceStride, bias.Pointer, outChannels, cell, target);
        }
    }

    /// <summary>Transforms the filters from one input channel to a panel's output channels, a register of filters at a time.</summary>
    private void Pack(ReadOnlySpan<float> filters, int panel, int inChannel)
    {
        const int Taps = 9;
        var lanes = kernels.Lanes;
        var taps = stackalloc float[Taps * lanes];
        for (var lane = 0; lane < kernels.PanelWidth; lane += lanes)
        {
            new Span<float>(taps, Taps * lanes).Clear();
            var firstOut = (panel * kernels.PanelWidth) + lane;
            for (var i = 0; i < Math.Min(lanes, outChannels - firstOut); i++)
            {
                var filter = filters.Slice((((firstOut + i) * inChannels) + inChannel) * Taps, Taps);
                for (var tap = 0; tap < Taps; tap++)
                {
                    taps[(tap * lanes) + i] = filter[tap];
                }
            }

            kernels.TransformFilter(taps, weights.Panel(panel, inChannel) + lane, panels * inChannels * kernels.PanelWidth);
        }
    }
}

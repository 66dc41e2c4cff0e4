using System.Numerics;
using System.Runtime.CompilerServices;
using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// A 3x3 convolution with ReLU, and the 2x2 max pool behind it where there is one, by Winograd's F(4x4, 3x3): a tile of 4x4 outputs takes
/// 36 multiplications a channel pair instead of 144. Tiles are taken in blocks: transformed, multiplied as 36 matrix products, transformed back.
/// </summary>
internal sealed unsafe class WinogradLayer
{
    private const int Side = WinogradTransforms.Input;
    private const int Products = Side * Side;
    private const int MinBlockTiles = 48;
    private const int MaxBlockTiles = 192;
    private const int BlockFloats = 1 << 18;

    private readonly string name;
    private readonly int inChannels;
    private readonly int outChannels;
    private readonly int depth;
    private readonly bool pool;
    private readonly PanelMatrix[] weights;
    private readonly AlignedBuffer bias;

    /// <summary>Transforms and packs the weights.</summary>
    /// <param name="network">Where they are; without batch norm.</param>
    /// <param name="spec">Which layer: 3x3 with padding 1.</param>
    /// <param name="pool">Whether a 2x2 max pool of stride 2, rounding up, follows.</param>
    public WinogradLayer(FcnNetwork network, ConvolutionSpec spec, bool pool)
    {
        (name, inChannels, outChannels, this.pool) = (spec.Name, spec.InChannels, spec.OutChannels, pool);
        depth = ChannelMap.RoundUp(inChannels);
        weights = [.. Enumerable.Range(0, Products).Select(_ => new PanelMatrix(depth, outChannels))];
        bias = new AlignedBuffer(weights[0].PaddedColumns);
        bias.Values.Clear();
        network[spec.Bias].Values.Span.CopyTo(bias.Values);

        var filters = network[spec.Weight].Values;
        Parallel.For(0, weights[0].PanelCount, panel =>
        {
            for (var inChannel = 0; inChannel < inChannels; inChannel++)
            {
                Pack(filters.Span, panel, inChannel);
            }
        });
    }

    private int Columns => weights[0].PaddedColumns;

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

    public int OutChannels => outChannels;

    /// <summary>Rows (or columns) of the output for those of an input.</summary>
    public int OutputSide(int side) => pool ? (side + 1) / 2 : side;

    /// <summary>Writes the output of a strip of rows.</summary>
    /// <param name="input">The strip; its border holds the rows around it, and zeros elsewhere.</param>
    /// <param name="output">Takes the output.</param>
    /// <param name="outputRow">Where its first row goes.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    public void Run(ChannelMap input, ChannelMap output, int outputRow, ScratchPool scratch, Workers workers)
    {
        const int Output = WinogradTransforms.Output;
        var tilesAcross = (input.Width + Output - 1) / Output;
        var tiles = tilesAcross * ((input.Height + Output - 1) / Output);
        var blockTiles = BlockTiles(tiles, workers.Threads);
        var perThread = (long)Products * blockTiles * (depth + Columns);
        var memory = scratch.Rent(perThread * workers.Threads);
        try
        {
            workers.Run(name, (tiles + blockTiles - 1) / blockTiles, (thread, block) =>
            {
                var first = block * blockTiles;
                var count = Math.Min(blockTiles, tiles - first);
                var transformed = memory.Pointer + (thread * perThread);
                var products = transformed + ((long)Products * blockTiles * depth);
                for (var tile = 0; tile < count; tile++)
                {
                    var (y, x) = Math.DivRem(first + tile, tilesAcross);
                    TransformIn(input, y * Output, x * Output, transformed + ((long)tile * depth), blockTiles * depth);
                }

                Multiply(transformed, products, count, blockTiles);
                for (var tile = 0; tile < count; tile++)
                {
                    var (y, x) = Math.DivRem(first + tile, tilesAcross);
                    TransformOut(products + ((long)tile * Columns), blockTiles * Columns, input, y * Output, x * Output, output, outputRow);
                }
            });
        }
        finally
        {
            scratch.Return(memory);
        }
    }

    /// <summary>U = G g G^T of the filters from one input channel to a panel's output channels, a vector of filters at a time.</summary>
    private void Pack(ReadOnlySpan<float> filters, int panel, int inChannel)
    {
        const int Taps = 9;
        var count = Vector<float>.Count;
        var lanes = stackalloc float[Taps * count];
        var columns = stackalloc float[Side * 3 * count];
        for (var lane = 0; lane < GemmKernel.PanelWidth; lane += count)
        {
            new Span<float>(lanes, Taps * count).Clear();
            var firstOut = (panel * GemmKernel.PanelWidth) + lane;
            for (var i = 0; i < Math.Min(count, outChannels - firstOut); i++)
            {
                var filter = filters.Slice((((firstOut + i) * inChannels) + inChannel) * Taps, Taps);
                for (var tap = 0; tap < Taps; tap++)
                {
                    lanes[(tap * count) + i] = filter[tap];
                }
            }

            for (var j = 0; j < 3; j++)
            {
                WinogradTransforms.TransformFilter(Tap(lanes, j), Tap(lanes, 3 + j), Tap(lanes, 6 + j)).Store(columns + (j * count), 3 * count);
            }

            for (var i = 0; i < Side; i++)
            {
                var row = WinogradTransforms.TransformFilter(Tap(columns, 3 * i), Tap(columns, (3 * i) + 1), Tap(columns, (3 * i) + 2));
                row.V0.Store(weights[Side * i].Panel(panel, inChannel) + lane);
                row.V1.Store(weights[(Side * i) + 1].Panel(panel, inChannel) + lane);
                row.V2.Store(weights[(Side * i) + 2].Panel(panel, inChannel) + lane);
                row.V3.Store(weights[(Side * i) + 3].Panel(panel, inChannel) + lane);
                row.V4.Store(weights[(Side * i) + 4].Panel(panel, inChannel) + lane);
                row.V5.Store(weights[(Side * i) + 5].Panel(panel, inChannel) + lane);
            }
        }

        static Vector<float> Tap(float* at, int index) => Vector.Load(at + (index * Vector<float>.Count));
    }

    /// <summary>Tiles of a block: in sixes, few enough that a block's scratch stays near a core, and so that every thread gets as many blocks.</summary>
    private int BlockTiles(int tiles, int threads)
    {
        var most = Math.Clamp(BlockFloats / (Products * (depth + Columns)), MinBlockTiles, MaxBlockTiles);
        var rounds = (tiles + (most * threads) - 1) / (most * threads);
        var share = (tiles + (rounds * threads) - 1) / (rounds * threads);
        return (share + GemmKernel.Rows - 1) / GemmKernel.Rows * GemmKernel.Rows;
    }

    /// <summary>V = B^T d B of one tile, one vector of channels after the other.</summary>
    [SkipLocalsInit]
    private void TransformIn(ChannelMap input, int y, int x, float* transformed, nint productStride)
    {
        var count = Vector<float>.Count;
        var columns = stackalloc float[Products * count];
        var corner = input.Cell(y - 1, x - 1);
        var rowStride = (nint)input.RowStride;
        for (var channel = 0; channel < depth; channel += count)
        {
            for (var j = 0; j < Side; j++)
            {
                var column = Six.Load(corner + channel + (j * input.Stride), rowStride);
                WinogradTransforms.TransformInput(ref column);
                column.Store(columns + (j * count), Side * count);
            }

            for (var i = 0; i < Side; i++)
            {
                var row = Six.Load(columns + (i * Side * count), count);
                WinogradTransforms.TransformInput(ref row);
                row.Store(transformed + channel + (i * Side * productStride), productStride);
            }
        }
    }

    /// <summary>M[p] = V[p] U[p] for each of the 36 places of a tile.</summary>
    private void Multiply(float* transformed, float* products, int tiles, int blockTiles)
    {
        for (var product = 0; product < Products; product++)
        {
            var left = transformed + ((long)product * blockTiles * depth);
            var result = products + ((long)product * blockTiles * Columns);
            for (var panel = 0; panel < weights[product].PanelCount; panel++)
            {
                var right = weights[product].Panel(panel);
                for (var tile = 0; tile < tiles; tile += GemmKernel.Rows)
                {
                    GemmKernel.Run(
                        left + ((long)tile * depth), depth, 1, 0, depth, right,
                        result + ((long)tile * Columns) + (panel * GemmKernel.PanelWidth), Columns, add: false);
                }
            }
        }
    }

    /// <summary>Y = max(A^T M A + bias, 0) of one tile, and the largest of each 2x2 square of it when a pool follows.</summary>
    [SkipLocalsInit]
    private void TransformOut(float* products, nint productStride, ChannelMap input, int y, int x, ChannelMap output, int outputRow)
    {
        var count = Vector<float>.Count;
        var columns = stackalloc float[WinogradTransforms.Output * Side * count];
        var tile = stackalloc float[WinogradTransforms.Output * WinogradTransforms.Output * count];
        var height = Math.Min(WinogradTransforms.Output, input.Height - y);
        var width = Math.Min(WinogradTransforms.Output, input.Width - x);
        for (var channel = 0; channel < output.Stride; channel += count)
        {
            for (var j = 0; j < Side; j++)
            {
                var column = Six.Load(products + channel + (j * productStride), Side * productStride);
                WinogradTransforms.TransformOutput(ref column);
                column.StoreFour(columns + (j * count), Side * count);
            }

            for (var i = 0; i < height; i++)
            {
                var row = Six.Load(columns + (i * Side * count), count);
                WinogradTransforms.TransformOutput(ref row);
                row.StoreFour(tile + (i * WinogradTransforms.Output * count), count);
            }

            var shift = Vector.Load(bias.Pointer + channel);
            if (pool)
            {
                StorePooled(tile, shift, output, outputRow + (y / 2), x / 2, height, width, channel);
            }
            else
            {
                StoreTile(tile, shift, output, outputRow + y, x, height, width, channel);
            }
        }
    }

    private static void StoreTile(float* tile, Vector<float> shift, ChannelMap output, int y, int x, int height, int width, int channel)
    {
        for (var i = 0; i < height; i++)
        {
            var target = output.Cell(y + i, x) + channel;
            for (var j = 0; j < width; j++, target += output.Stride)
            {
                Vector.Max(At(tile, i, j) + shift, Vector<float>.Zero).Store(target);
            }
        }
    }

    /// <summary>Squares that hang over the edge take what is there. Bias and ReLU do not change which cell is the largest.</summary>
    private static void StorePooled(float* tile, Vector<float> shift, ChannelMap output, int y, int x, int height, int width, int channel)
    {
        for (var i = 0; i < height; i += 2)
        {
            var below = Math.Min(i + 1, height - 1);
            var target = output.Cell(y + (i / 2), x) + channel;
            for (var j = 0; j < width; j += 2, target += output.Stride)
            {
                var beside = Math.Min(j + 1, width - 1);
                var upper = Vector.Max(At(tile, i, j), At(tile, i, beside));
                var lower = Vector.Max(At(tile, below, j), At(tile, below, beside));
                Vector.Max(Vector.Max(upper, lower) + shift, Vector<float>.Zero).Store(target);
            }
        }
    }

    private static Vector<float> At(float* tile, int row, int column) =>
        Vector.Load(tile + (((row * WinogradTransforms.Output) + column) * Vector<float>.Count));
}

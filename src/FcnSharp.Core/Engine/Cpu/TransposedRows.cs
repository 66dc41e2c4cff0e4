using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// A transposed convolution, phase by phase: output cell s * q + r is computed from the input cells of a few taps along each axis, with the
/// weights of phase r (Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016, section 4).
/// </summary>
internal sealed unsafe class TransposedRows : RowSource
{
    private readonly TransposedConvolutionNode node;
    private readonly int stride;
    private readonly int shift;
    private readonly int taps;
    private readonly int inChannels;
    private readonly PanelMatrix[] phases;
    private readonly float[] bias;

    /// <summary>Packs the weights of every phase.</summary>
    /// <param name="node">The transposed convolution.</param>
    /// <param name="tensors">The network's tensors by name.</param>
    /// <param name="offset">Output cells to skip at the top and the left, in addition to the padding.</param>
    /// <param name="kernels">The kernels to use.</param>
    public TransposedRows(TransposedConvolutionNode node, Func<string, NamedTensor> tensors, int offset, KernelSet kernels)
        : base(node.Name, node.Channels, kernels)
    {
        this.node = node;
        var kernel = node.Kernel;
        (stride, shift, inChannels) = (node.Stride, node.Padding + offset, node.Input.Channels);
        taps = (kernel + stride - 1) / stride;
        phases = new PanelMatrix[stride * stride];
        var filters = tensors(node.Weight).Values;
        Parallel.For(0, phases.Length, phase => phases[phase] = PackPhase((phase / stride) + shift, (phase % stride) + shift));

        bias = new float[CellStride];
        bias.AsSpan().Fill(Nothing);
        bias.AsSpan(0, Channels).Clear();
        if (node.HasBias)
        {
            tensors(node.Bias).Values.Span.CopyTo(bias);
        }

        // Input cells are read in memory order, so the taps are packed in reverse: a later tap applies to an earlier cell.
        PanelMatrix PackPhase(int y, int x)
        {
            var packed = new PanelMatrix(taps * taps * inChannels, Channels, Kernels.PanelWidth);
            for (var place = 0; place < taps * taps; place++)
            {
                var row = (y % stride) + ((taps - 1 - (place / taps)) * stride);
                var column = (x % stride) + ((taps - 1 - (place % taps)) * stride);
                for (var i = 0; row < kernel && column < kernel && i < inChannels * Channels; i++)
                {
                    var (inChannel, outChannel) = Math.DivRem(i, Channels);
                    packed[(place * inChannels) + inChannel, outChannel] = filters.Span[(((i * kernel) + row) * kernel) + column];
                }
            }

            return packed;
        }
    }

    public override string Kernel => "product, phase by phase";

    /// <summary>The taps of a phase extend this far outside the map.</summary>
    public override MapBorder InputBorder => new(taps - 1, taps - 1);

    public override long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) =>
        sizeOf(node.Input).Cells * node.Kernel * node.Kernel * inChannels * Channels;

    public override int RowLength(ChannelMap input, int width) => (width + ((GemmKernel.Rows + 1) * stride)) * CellStride;

    public override RowWriter Over(ChannelMap input, int height, int width) => (y, row) =>
    {
        for (var x = 0; x < width; x++)
        {
            bias.CopyTo(new Span<float>(row + ((long)x * CellStride), CellStride));
        }

        var across = (width + stride - 1) / stride;
        var inputRow = ((y + shift) / stride) - (taps - 1);
        for (var startX = 0; startX < stride; startX++)
        {
            var weights = phases[((y % stride) * stride) + startX];
            var inputColumn = ((startX + shift) / stride) - (taps - 1);
            for (var q = 0; q < across; q += GemmKernel.Rows)
            {
                var target = row + (((long)(q * stride) + startX) * CellStride);
                for (var tapRow = 0; tapRow < taps; tapRow++)
                {
                    AddTaps(input, input.Cell(inputRow + tapRow, inputColumn + q), weights, tapRow, target);
                }
            }
        }
    };

    /// <summary>Adds a row of taps to six cells of one phase.</summary>
    private void AddTaps(ChannelMap input, float* left, PanelMatrix weights, int tapRow, float* target)
    {
        var shape = new ProductShape(input.Stride, inChannels, (nint)stride * CellStride)
        {
            Segments = taps,
            SegmentStride = input.Stride,
            Add = true,
        };
        for (var panel = 0; panel < weights.PanelCount; panel++)
        {
            var right = weights.Panel(panel, tapRow * taps * inChannels);
            Kernels.Multiply(left, right, target + (panel * Kernels.PanelWidth), shape, ahead: right);
        }
    }
}

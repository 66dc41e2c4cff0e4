using FcnSharp.Engine.Kernels;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tensors;

namespace FcnSharp.Engine.Cpu;

/// <summary>
/// A convolution that reads a picture's bytes. Normalisation x = (b / 255 - mean) / deviation is linear, so it is folded into the
/// weights and the bias; pixels outside the picture have the byte value 255 * mean, which normalises to the zero of the padding.
/// </summary>
internal sealed unsafe class FirstLayer : RowLayer
{
    private const int Colors = 3;
    private const int RowsAtOnce = 4;

    private readonly ConvolutionNode node;
    private readonly KernelSet kernels;
    private readonly PanelMatrix weights;
    private readonly AlignedBuffer bias;
    private readonly float[] outside;

    /// <summary>Packs the weights.</summary>
    /// <param name="node">The convolution, without dilation and batch normalisation.</param>
    /// <param name="tensors">The network's tensors by name.</param>
    /// <param name="normalization">The normalisation of the input.</param>
    /// <param name="kernels">The kernels to use.</param>
    public FirstLayer(ConvolutionNode node, Func<string, NamedTensor> tensors, Normalization normalization, KernelSet kernels)
        : base(node.Name, node.Channels)
    {
        (this.node, this.kernels) = (node, kernels);
        var (m, d) = (normalization.Mean, normalization.Deviation);
        double[] mean = [m.R, m.G, m.B];
        double[] deviation = [d.R, d.G, d.B];
        outside = [.. mean.Select(value => (float)(255 * value))];

        var places = node.Kernel * node.Kernel;
        weights = new PanelMatrix(places * Colors, OutChannels, kernels.PanelWidth);
        bias = new AlignedBuffer(weights.PaddedColumns);
        bias.Values.Clear();
        var filters = tensors(node.Weight).Values.Span;
        var shifts = node.HasBias ? tensors(node.Bias).Values.Span : default;
        for (var outChannel = 0; outChannel < OutChannels; outChannel++)
        {
            double shift = shifts.IsEmpty ? 0 : shifts[outChannel];
            for (var color = 0; color < Colors; color++)
            {
                for (var place = 0; place < places; place++)
                {
                    var weight = filters[(((outChannel * Colors) + color) * places) + place] / deviation[color];
                    weights[(place * Colors) + color, outChannel] = (float)(weight / 255);
                    shift -= weight * mean[color];
                }
            }

            bias.Values[outChannel] = (float)shift;
        }
    }

    public override string Kernel => "product, from bytes";

    /// <summary>Whether a convolution can be computed from bytes.</summary>
    public static bool Takes(ConvolutionNode node) => node.Dilation == 1;

    public override long AskedMultiplications(Func<GraphNode, MapSize> sizeOf) => sizeOf(node).Cells * weights.Depth * OutChannels;

    public override MapSize OutputSize(LayerCall call) => new(OutputSide(call.Window.Width), OutputSide(call.Window.Height));

    public override void Run(LayerCall call) => RunRows(call, null, 0, call.Output.Height, 0);

    public override void RunRows(LayerCall call, ScratchBuffer? prepared, int firstRow, int endRow, int outputRow)
    {
        var output = call.Output;
        var rowLength = (((output.Width + GemmKernel.Rows) * node.Stride) + node.Kernel) * Colors;
        var inputRows = ((RowsAtOnce - 1) * node.Stride) + node.Kernel;
        call.Workers.Run(Name, (endRow - firstRow + RowsAtOnce - 1) / RowsAtOnce, (long)inputRows * rowLength, (band, rows) =>
        {
            var first = firstRow + (band * RowsAtOnce);
            var count = Math.Min(RowsAtOnce, endRow - first);
            var top = call.Window.Y + (first * node.Stride) - node.Padding;
            for (var i = 0; i < ((count - 1) * node.Stride) + node.Kernel; i++)
            {
                ReadRow(call.Picture, top + i, call.Window.X - node.Padding, new Span<float>(rows + ((long)i * rowLength), rowLength));
            }

            for (var i = 0; i < count; i++)
            {
                WriteRow(rows + ((long)i * node.Stride * rowLength), rowLength, output, outputRow + first - firstRow + i);
            }
        });
    }

    private int OutputSide(int side) => (int)node.OutputSize(_ => side);

    /// <summary>Reads the bytes of a row as floats, starting at column <paramref name="x"/>, with the padding's value outside the
    /// picture.</summary>
    private void ReadRow(RgbImage picture, int y, int x, Span<float> row)
    {
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = outside[i % Colors];
        }

        var first = Math.Max(x, 0);
        var end = Math.Min(x + (row.Length / Colors), picture.Width);
        if ((uint)y >= (uint)picture.Height || first >= end)
        {
            return;
        }

        var bytes = picture.Pixels.Span.Slice(Colors * ((y * picture.Width) + first), Colors * (end - first));
        var target = row.Slice(Colors * (first - x), bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            target[i] = bytes[i];
        }
    }

    private void WriteRow(float* rows, int rowLength, ChannelMap output, int y)
    {
        var panelWidth = kernels.PanelWidth;
        var sums = stackalloc float[GemmKernel.Rows * panelWidth];
        var shape = new ProductShape(node.Stride * Colors, node.Kernel * Colors, panelWidth)
        {
            Segments = node.Kernel, SegmentStride = rowLength,
        };
        for (var x = 0; x < output.Width; x += GemmKernel.Rows)
        {
            var cells = Math.Min(GemmKernel.Rows, output.Width - x);
            for (var panel = 0; panel < weights.PanelCount; panel++)
            {
                var channel = panel * panelWidth;
                kernels.Multiply(rows + (x * node.Stride * Colors), weights.Panel(panel), sums, shape, ahead: sums);
                kernels.Finish(
                    sums, cells, bias.Pointer + channel, output.Cell(y, x) + channel, output.Stride,
                    Math.Min(panelWidth, OutChannels - channel), new Finishing(node.Relu, Adds: false));
            }
        }
    }
}

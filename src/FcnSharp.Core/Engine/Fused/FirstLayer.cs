using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// The first 3x3 convolution, straight from a picture's bytes. Normalisation x = (b / 255 - mean) / deviation is linear, so it is folded
/// into the weights and the bias; what lies outside the picture has the byte value 255 * mean, which normalises to the zero of the padding.
/// </summary>
internal sealed unsafe class FirstLayer
{
    private const int Kernel = 3;
    private const int Colors = 3;
    private const int RowsAtOnce = 4;

    private readonly KernelSet kernels;
    private readonly string name;
    private readonly int padding;
    private readonly int outChannels;
    private readonly PanelMatrix weights;
    private readonly AlignedBuffer bias;
    private readonly float[] outside;

    public FirstLayer(FcnNetwork network, ConvolutionSpec spec, Normalization normalization, KernelSet kernels)
    {
        (this.kernels, name, padding, outChannels) = (kernels, spec.Name, spec.Padding, spec.OutChannels);
        var (m, d) = (normalization.Mean, normalization.Deviation);
        double[] mean = [m.R, m.G, m.B];
        double[] deviation = [d.R, d.G, d.B];
        outside = [.. mean.Select(value => (float)(255 * value))];

        weights = new PanelMatrix(Kernel * Kernel * Colors, outChannels, kernels.PanelWidth);
        bias = new AlignedBuffer(weights.PaddedColumns);
        bias.Values.Clear();
        var filters = network[spec.Weight].Values.Span;
        var shifts = network[spec.Bias].Values.Span;
        for (var outChannel = 0; outChannel < outChannels; outChannel++)
        {
            double shift = shifts[outChannel];
            for (var color = 0; color < Colors; color++)
            {
                for (var place = 0; place < Kernel * Kernel; place++)
                {
                    var weight = filters[(((outChannel * Colors) + color) * Kernel * Kernel) + place] / deviation[color];
                    weights[(place * Colors) + color, outChannel] = (float)(weight / 255);
                    shift -= weight * mean[color];
                }
            }

            bias.Values[outChannel] = (float)shift;
        }
    }

    public int OutChannels => outChannels;

    /// <summary>Rows (or columns) of the output for those of a window.</summary>
    public int OutputSide(int side) => side + (2 * padding) - (Kernel - 1);

    /// <summary>Computes rows of the output, rectified.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="window">Which part of it is looked at; what lies around the part is seen too.</param>
    /// <param name="firstRow">The first row, counted in the window's output.</param>
    /// <param name="endRow">Behind the last one.</param>
    /// <param name="output">Takes them.</param>
    /// <param name="outputRow">Where the first goes; it may lie in the border.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    public void Run(
        RgbImage picture, PictureWindow window, int firstRow, int endRow, ChannelMap output, int outputRow,
        ScratchMemory scratch, Workers workers)
    {
        var rowLength = (output.Width + Kernel + GemmKernel.Rows) * Colors;
        var perThread = (long)(RowsAtOnce + Kernel - 1) * rowLength;
        var memory = scratch.Rent(perThread * workers.Threads);
        try
        {
            workers.Run(name, (endRow - firstRow + RowsAtOnce - 1) / RowsAtOnce, (thread, band) =>
            {
                var rows = memory.Pointer + (thread * perThread);
                var first = firstRow + (band * RowsAtOnce);
                var count = Math.Min(RowsAtOnce, endRow - first);
                for (var i = 0; i < count + Kernel - 1; i++)
                {
                    ReadRow(picture, window.Y + first + i - padding, window.X - padding,
                        new Span<float>(rows + ((long)i * rowLength), rowLength));
                }

                for (var i = 0; i < count; i++)
                {
                    WriteRow(rows + ((long)i * rowLength), rowLength, output, outputRow + first - firstRow + i);
                }
            });
        }
        finally
        {
            scratch.Return(memory);
        }
    }

    /// <summary>Bytes of a row as floats from column <paramref name="x"/> on, with the padding's value where there is no picture.</summary>
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
        var shape = new ProductShape(Colors, Kernel * Colors, panelWidth) { Segments = Kernel, SegmentStride = rowLength };
        for (var x = 0; x < output.Width; x += GemmKernel.Rows)
        {
            var cells = Math.Min(GemmKernel.Rows, output.Width - x);
            for (var panel = 0; panel < weights.PanelCount; panel++)
            {
                var channel = panel * panelWidth;
                kernels.Multiply(rows + (x * Colors), weights.Panel(panel), sums, shape, ahead: sums);
                kernels.Finish(
                    sums, cells, bias.Pointer + channel, output.Cell(y, x) + channel, output.Stride,
                    Math.Min(panelWidth, outChannels - channel), rectify: true);
            }
        }
    }
}

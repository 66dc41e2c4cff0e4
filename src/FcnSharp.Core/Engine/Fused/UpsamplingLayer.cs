using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// A transposed convolution of stride s and kernel 2s, phase by phase: output cell s * q + r takes 2x2 input cells, with the weights of
/// phase r (Dumoulin and Visin, "A guide to convolution arithmetic for deep learning", 2016, section 4). It gives one output row at a time.
/// </summary>
internal sealed unsafe class UpsamplingLayer
{
    /// <summary>What classes that do not exist score: no more than any other, and finite, so that it can be mixed.</summary>
    private const float Nothing = float.MinValue;

    private const int Taps = 2;

    private readonly KernelSet kernels;
    private readonly int stride;
    private readonly int shift;
    private readonly PanelMatrix[] phases;
    private readonly float[] bias;

    /// <summary>Packs the weights of every phase.</summary>
    /// <param name="network">Where they are.</param>
    /// <param name="spec">Which layer.</param>
    /// <param name="offset">Output cells to skip at the top and the left, beyond the layer's own padding.</param>
    /// <param name="kernels">What computes.</param>
    public UpsamplingLayer(FcnNetwork network, UpsamplingSpec spec, int offset, KernelSet kernels)
    {
        this.kernels = kernels;
        var (channels, kernel) = (spec.Channels, spec.Kernel);
        Name = spec.Name;
        (stride, shift) = (spec.Stride, spec.Padding + offset);
        phases = new PanelMatrix[stride * stride];
        var filters = network[spec.Weight].Values;
        Parallel.For(0, phases.Length, phase => phases[phase] = PackPhase((phase / stride) + shift, (phase % stride) + shift));

        bias = new float[phases[0].PaddedColumns];
        bias.AsSpan().Fill(Nothing);
        bias.AsSpan(0, channels).Clear();
        if (spec.HasBias)
        {
            network[spec.Bias].Values.Span.CopyTo(bias);
        }

        // Input rows come in memory order: the later tap of the kernel meets the earlier cell.
        PanelMatrix PackPhase(int y, int x)
        {
            var packed = new PanelMatrix(Taps * Taps * channels, channels, kernels.PanelWidth);
            for (var place = 0; place < Taps * Taps; place++)
            {
                var row = (y % stride) + (place / Taps == 0 ? stride : 0);
                var column = (x % stride) + (place % Taps == 0 ? stride : 0);
                for (var i = 0; i < channels * channels; i++)
                {
                    var (inChannel, outChannel) = Math.DivRem(i, channels);
                    packed[(place * channels) + inChannel, outChannel] = filters.Span[(((i * kernel) + row) * kernel) + column];
                }
            }

            return packed;
        }
    }

    /// <summary>Its name in the state dict.</summary>
    public string Name { get; }

    public int Channels => phases[0].Columns;

    /// <summary>Floats from one cell of a row to the next: whole panels.</summary>
    public int RowCellStride => bias.Length;

    /// <summary>Floats that a row of <paramref name="width"/> cells takes, with room for what the kernel writes past it.</summary>
    public int RowLength(int width) => (width + ((GemmKernel.Rows + 1) * stride)) * RowCellStride;

    /// <summary>Computes one row of the output: cells 0 to width - 1, <see cref="RowCellStride"/> floats apart.</summary>
    /// <param name="input">Has a border of at least one zero cell.</param>
    /// <param name="y">Which row.</param>
    /// <param name="width">Cells that are wanted.</param>
    /// <param name="row">At least <see cref="RowLength"/> floats.</param>
    public void Row(ChannelMap input, int y, int width, float* row)
    {
        for (var x = 0; x < width; x++)
        {
            bias.CopyTo(new Span<float>(row + ((long)x * RowCellStride), RowCellStride));
        }

        var across = (width + stride - 1) / stride;
        var inputRow = ((y + shift) / stride) - 1;
        for (var startX = 0; startX < stride; startX++)
        {
            var weights = phases[((y % stride) * stride) + startX];
            var inputColumn = ((startX + shift) / stride) - 1;
            for (var q = 0; q < across; q += GemmKernel.Rows)
            {
                var target = row + (((long)(q * stride) + startX) * RowCellStride);
                for (var tapRow = 0; tapRow < Taps; tapRow++)
                {
                    AddTaps(input, input.Cell(inputRow + tapRow, inputColumn + q), weights, tapRow, target);
                }
            }
        }
    }

    /// <summary>Adds the output to a map that is at most as large.</summary>
    public void AddTo(ChannelMap sum, ChannelMap input, ScratchMemory scratch, Workers workers)
    {
        var perThread = RowLength(sum.Width);
        var memory = scratch.Rent((long)perThread * workers.Threads);
        try
        {
            workers.Run(Name, sum.Height, (thread, y) =>
            {
                var row = memory.Pointer + ((long)thread * perThread);
                Row(input, y, sum.Width, row);
                for (var x = 0; x < sum.Width; x++)
                {
                    var cell = sum.Cell(y, x);
                    for (var c = 0; c < sum.Channels; c++)
                    {
                        cell[c] += row[((long)x * RowCellStride) + c];
                    }
                }
            });
        }
        finally
        {
            scratch.Return(memory);
        }
    }

    /// <summary>Two neighbouring taps of six cells of one phase.</summary>
    private void AddTaps(ChannelMap input, float* left, PanelMatrix weights, int tapRow, float* target)
    {
        var shape = new ProductShape(input.Stride, Channels, (nint)stride * RowCellStride)
        {
            Segments = Taps,
            SegmentStride = input.Stride,
            Add = true,
        };
        for (var panel = 0; panel < weights.PanelCount; panel++)
        {
            var right = weights.Panel(panel, tapRow * Taps * Channels);
            kernels.Multiply(left, right, target + (panel * kernels.PanelWidth), shape, ahead: right);
        }
    }
}

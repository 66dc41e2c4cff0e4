using FcnSharp.Networks;

namespace FcnSharp.Engine.Plain;

/// <summary>A convolution or transposed convolution of a network, ready to run: packed convolutions that each write their own output
/// cells.</summary>
internal sealed class Layer
{
    private readonly PackedConvolution[] parts;
    private readonly Func<int, int> outputSize;

    private Layer(PackedConvolution[] parts, Func<int, int> outputSize) => (this.parts, this.outputSize) = (parts, outputSize);

    /// <summary>A convolution of stride 1.</summary>
    /// <param name="network">Where the weights are; without batch norm.</param>
    /// <param name="spec">Which layer.</param>
    /// <param name="rectify">Whether a ReLU follows.</param>
    /// <param name="offset">Output cells to skip at the top and the left.</param>
    /// <param name="scale">What the input is multiplied by.</param>
    public static Layer Convolution(FcnNetwork network, ConvolutionSpec spec, bool rectify, int offset = 0, float scale = 1)
    {
        var (kernel, inChannels) = (spec.Kernel, spec.InChannels);
        var shift = offset - spec.Padding;
        var taps = (from row in Enumerable.Range(0, kernel) from column in Enumerable.Range(0, kernel) select new Tap(
            row + shift, column + shift)).ToArray();
        var weight = network[spec.Weight].Values;
        var bias = network[spec.Bias].Values.ToArray();
        return new Layer(
            [new PackedConvolution(taps, inChannels, bias, Weight, OutputGrid.All, rectify)],
            spec.OutputSize);

        float Weight(int outChannel, int tap, int inChannel) =>
            scale * weight.Span[(((outChannel * inChannels) + inChannel) * taps.Length) + tap];
    }

    /// <summary>
    /// A transposed convolution, phase by phase. Output cell Y = s*q + r takes kernel rows t with t = (r + padding) mod s, plus 0 and s,
    /// from input rows q + (r + padding - t) / s (Dumoulin and Visin, 2016, section 4).
    /// </summary>
    /// <param name="network">Where the weights are.</param>
    /// <param name="spec">Which layer.</param>
    /// <param name="offset">Output cells to skip at the top and the left, beyond the layer's own padding.</param>
    public static Layer Upsampling(FcnNetwork network, UpsamplingSpec spec, int offset = 0)
    {
        var (stride, channels, kernel) = (spec.Stride, spec.Channels, spec.Kernel);
        var weight = network[spec.Weight].Values;
        var bias = spec.HasBias ? network[spec.Bias].Values.ToArray() : new float[channels];
        var phases = Enumerable.Range(0, stride).Select(phase => Phase(phase + spec.Padding + offset)).ToArray();
        return new Layer(
            [.. from y in Enumerable.Range(0, stride) from x in Enumerable.Range(0, stride) select Part(y, x)],
            spec.OutputSize);

        (int Kernel, int Shift)[] Phase(int position) =>
            [.. Enumerable.Range(0, kernel / stride).Select(i => ((position % stride) + (i * stride), (position / stride) - i))];

        PackedConvolution Part(int startY, int startX)
        {
            var positions = (from y in phases[startY] from x in phases[startX] select (Y: y, X: x)).ToArray();
            var taps = positions.Select(position => new Tap(position.Y.Shift, position.X.Shift)).ToArray();
            return new PackedConvolution(taps, channels, bias, Weight, new OutputGrid(startY, startX, stride), rectify: false);

            float Weight(int outChannel, int tap, int inChannel) =>
                weight.Span[(((((inChannel * channels) + outChannel) * kernel) + positions[tap].Y.Kernel) * kernel) +
                    positions[tap].X.Kernel];
        }
    }

    /// <summary>The whole output; the caller disposes it.</summary>
    public FeatureMap Run(FeatureMap input, ParallelOptions parallel) =>
        Run(input, outputSize(input.Height), outputSize(input.Width), parallel);

    /// <summary>The first rows and columns of the output; the caller disposes it.</summary>
    public FeatureMap Run(FeatureMap input, int height, int width, ParallelOptions parallel)
    {
        var output = new FeatureMap(height, width, parts[0].OutChannels);
        try
        {
            Fill(output, input, add: false, parallel);
            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    /// <summary>Adds the output to a map that is at most as large.</summary>
    public void AddTo(FeatureMap sum, FeatureMap input, ParallelOptions parallel) => Fill(sum, input, add: true, parallel);

    private void Fill(FeatureMap output, FeatureMap input, bool add, ParallelOptions parallel)
    {
        var firstBlocks = new int[parts.Length + 1];
        for (var part = 0; part < parts.Length; part++)
        {
            firstBlocks[part + 1] = firstBlocks[part] + parts[part].BlockCount(output);
        }

        Parallel.For(0, firstBlocks[^1], parallel, block =>
        {
            var part = PartOf(firstBlocks, block);
            parts[part].RunBlock(block - firstBlocks[part], input, output, add);
        });
    }

    /// <summary>The last part that starts at or before a block; empty parts start where their successor does.</summary>
    private static int PartOf(int[] firstBlocks, int block)
    {
        var part = Array.BinarySearch(firstBlocks, block);
        if (part < 0)
        {
            return ~part - 1;
        }

        while (firstBlocks[part + 1] == block)
        {
            part++;
        }

        return part;
    }
}

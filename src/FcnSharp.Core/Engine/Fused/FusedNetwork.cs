using FcnSharp.Imaging;
using FcnSharp.Networks;

namespace FcnSharp.Engine.Fused;

/// <summary>A frozen network as kernels: from a part of a picture to the coarse scores that the last upsampler enlarges.</summary>
internal sealed class FusedNetwork
{
    /// <summary>How many stages, from the first, never have the map between their convolutions as a whole.</summary>
    public const int StagesInStrips = 2;

    /// <summary>A Winograd tile starts one cell outside of a map and ends up to four behind it.</summary>
    private const int WinogradBorder = WinogradTransforms.Output;

    /// <summary>The two taps of an upsampling phase reach one cell beyond the map.</summary>
    private const int ScoreBorder = 1;

    /// <summary>The largest maps are made in strips of about this many values, so that a strip stays in the cache until it is
    /// used.</summary>
    private const int StripValues = 1 << 19;

    private const int MaxStripRows = 64;

    private readonly FirstLayer first;
    private readonly WinogradLayer[][] stages;
    private readonly DenseLayer fc6, fc7, fc8;
    private readonly DenseLayer? score4b, score3b;
    private readonly UpsamplingLayer[] upsamplers;
    private readonly UpsamplingSpec[] upsamplerSpecs;

    /// <summary>Packs the weights of a network without batch norm.</summary>
    public FusedNetwork(FcnNetwork network, FcnArchitecture architecture, Normalization normalization, KernelSet kernels)
    {
        var (alignment, atOnce) = (architecture.Alignment, network.Options.AtOnce);
        first = new FirstLayer(network, architecture.Stages[0][0], normalization, kernels);
        stages = [.. architecture.Stages.Select((stage, index) => stage.Skip(index == 0 ? 1 : 0)
            .Select(spec => new WinogradLayer(network, spec, spec == stage[^1], kernels)).ToArray())];
        fc6 = Dense(architecture.Fc6, rectify: true);
        fc7 = Dense(architecture.Fc7, rectify: true);
        fc8 = Dense(architecture.Fc8, rectify: false);
        score4b = Skip(architecture.Score4b, alignment.Pool4Offset, FcnArchitecture.AtOncePool4Scale);
        score3b = Skip(architecture.Score3b, alignment.Pool3Offset, FcnArchitecture.AtOncePool3Scale);
        upsamplerSpecs = [.. architecture.Upsamplers];
        upsamplers = [.. upsamplerSpecs.Select(
            spec => new UpsamplingLayer(network, spec, spec == upsamplerSpecs[^1] ? alignment.ImageOffset : 0, kernels))];

        DenseLayer Dense(ConvolutionSpec spec, bool rectify, int offset = 0, float scale = 1) =>
            new(network, spec, rectify, offset, scale, kernels);

        DenseLayer? Skip(ConvolutionSpec? spec, int offset, float scale) =>
            spec is null ? null : Dense(spec, rectify: false, offset, atOnce ? scale : 1);
    }

    /// <summary>From coarse scores to the picture's size.</summary>
    public UpsamplingLayer LastUpsampler => upsamplers[^1];

    /// <summary>Rows of a strip of a map.</summary>
    public static int StripRows(int width, int channels) =>
        Math.Clamp(StripValues / width / channels, 2 * WinogradBorder, MaxStripRows) / WinogradBorder * WinogradBorder;

    /// <summary>Room for coarse scores, undefined inside its border; the caller disposes it.</summary>
    public ChannelMap BlankCoarseScores(int height, int width, ScratchMemory scratch) =>
        new(scratch, height, width, LastUpsampler.Channels, ScoreBorder);

    /// <summary>Everything but the last upsampling: the scores at stride 8, 16 or 32. The caller disposes them.</summary>
    public ChannelMap CoarseScores(RgbImage picture, PictureWindow window, ScratchMemory scratch, Workers workers)
    {
        var pool1 = RunFirstStage(picture, window, scratch, workers);                      // stride 2
        var pool2 = RunSecondStage(pool1, scratch, workers);                               // stride 4
        pool1.Dispose();
        using var pool3 = RunStage(stages[2], pool2, WinogradBorder, scratch, workers);    // stride 8
        pool2.Dispose();
        using var pool4 = RunStage(stages[3], pool3, WinogradBorder, scratch, workers);    // stride 16
        using var pool5 = RunStage(stages[4], pool4, 0, scratch, workers);                 // stride 32

        using var features6 = fc6.Run(pool5, 0, scratch, workers);
        using var features7 = fc7.Run(features6, 0, scratch, workers);
        var coarse = fc8.Run(features7, ScoreBorder, scratch, workers);
        coarse = Fuse(coarse, 0, score4b, pool4, scratch, workers);                        // 32 -> 16
        return Fuse(coarse, 1, score3b, pool3, scratch, workers);                          // 16 -> 8
    }

    private ChannelMap RunFirstStage(RgbImage picture, PictureWindow window, ScratchMemory scratch, Workers workers)
    {
        var (height, width) = (first.OutputSide(window.Height), first.OutputSide(window.Width));
        return RunInStrips(
            height, width, first.OutChannels, stages[0][0], scratch, workers,
            (row, end, strip, stripRow) => first.Run(picture, window, row, end, strip, stripRow, scratch, workers));
    }

    private ChannelMap RunSecondStage(ChannelMap input, ScratchMemory scratch, Workers workers)
    {
        var layer = stages[1][0];
        var filters = layer.TransformFilters(scratch, workers);
        var output = RunInStrips(
            input.Height, input.Width, layer.OutChannels, stages[1][1], scratch, workers,
            (row, end, strip, stripRow) => layer.Run(input, row, end, filters, strip, stripRow, scratch, workers));
        scratch.Return(filters);
        return output;
    }

    /// <summary>The second layer of a stage and its pool on the first one's map, strip by strip, so that the map never exists as a
    /// whole.</summary>
    /// <param name="height">Rows of the map.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="channels">Its channels.</param>
    /// <param name="second">What runs on it.</param>
    /// <param name="scratch">Where memory comes from.</param>
    /// <param name="workers">Who does the work.</param>
    /// <param name="computeRows">Has the first layer compute rows of the map from one up to another, into a strip from a row of it
    /// on.</param>
    private static ChannelMap RunInStrips(
        int height, int width, int channels, WinogradLayer second, ScratchMemory scratch, Workers workers, Action<int, int,
        ChannelMap, int> computeRows)
    {
        var output = new ChannelMap(scratch, second.OutputSide(height), second.OutputSide(width), second.OutChannels, WinogradBorder);
        var filters = second.TransformFilters(scratch, workers);
        var stripRows = StripRows(width, channels);
        var (computed, above) = (0, (ChannelMap?)null);
        for (var row = 0; row < height; row += stripRows)
        {
            // The strip's border holds the rows above and below; beyond the map it stays zero. Rows that two strips look at are computed
            // once.
            var strip = new ChannelMap(scratch, Math.Min(stripRows, height - row), width, channels, WinogradBorder);
            if (above is not null)
            {
                strip.CopyRows(above, stripRows - WinogradBorder, -WinogradBorder, 2 * WinogradBorder);
                above.Dispose();
            }

            var end = Math.Min(row + stripRows + WinogradBorder, height);
            if (computed < end)
            {
                computeRows(computed, end, strip, computed - row);
            }

            second.Run(strip, 0, strip.Height, filters, output, row / 2, scratch, workers);
            (computed, above) = (end, strip);
        }

        above?.Dispose();
        scratch.Return(filters);
        return output;
    }

    private static ChannelMap RunStage(WinogradLayer[] stage, ChannelMap input, int outputBorder, ScratchMemory scratch, Workers workers)
    {
        var map = stage[0].Run(input, WinogradBorder, scratch, workers);
        for (var i = 1; i < stage.Length; i++)
        {
            using var previous = map;
            map = stage[i].Run(previous, i == stage.Length - 1 ? outputBorder : WinogradBorder, scratch, workers);
        }

        return map;
    }

    /// <summary>Adds the upsampled scores to those of a skip connection and gives the sum; gives the scores as they are where there is
    /// none.</summary>
    private ChannelMap Fuse(ChannelMap coarse, int upsampler, DenseLayer? skip, ChannelMap features, ScratchMemory scratch, Workers workers)
    {
        if (skip is null)
        {
            return coarse;
        }

        using (coarse)
        {
            var spec = upsamplerSpecs[upsampler];
            var sum = skip.Run(features, spec.OutputSize(coarse.Height), spec.OutputSize(coarse.Width), ScoreBorder, scratch, workers);
            upsamplers[upsampler].AddTo(sum, coarse, scratch, workers);
            return sum;
        }
    }
}

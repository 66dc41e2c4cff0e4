using FcnSharp.Networks;
using FcnSharp.Support;

namespace FcnSharp.Engine.Fused;

/// <summary>
/// Cuts a picture into tiles whose maps fit into the working memory. Tiles start at multiples of 64 pixels, where all layers' cells and
/// Winograd's tiles line up with those of the whole picture, and are shown with so much context that the cells taken from them do not
/// depend on what lies beyond. (Rounding errors do: a Winograd tile mixes in neighbours that cancel out.)
/// </summary>
internal sealed class TilePlan
{
    /// <summary>Stride 16 of the last Winograd layers times the 4 cells of their tiles.</summary>
    private const int Alignment = 64;

    private readonly FcnArchitecture architecture;
    private readonly int context;
    private readonly int coarseStride;

    public TilePlan(FcnArchitecture architecture, FcnVariant variant)
    {
        this.architecture = architecture;
        coarseStride = (int)variant;
        context = RoundUp(ReceptiveRadius(architecture), Alignment);
    }

    /// <summary>The whole picture as one tile where it fits, otherwise as few tiles as fit.</summary>
    /// <exception cref="ArgumentException">Not even the smallest tile fits.</exception>
    public IReadOnlyList<Tile> For(int width, int height, long maxBytes)
    {
        var (paddedWidth, paddedHeight) = (Padded(width), Padded(height));
        if (WorkingBytes(paddedWidth, paddedHeight) <= maxBytes)
        {
            return [new Tile(new PictureWindow(0, 0, paddedWidth, paddedHeight), 0, CoarseSide(paddedHeight), 0, CoarseSide(paddedWidth))];
        }

        var (across, down) = (1, 1);
        while (WorkingBytes(WindowSide(paddedWidth, across), WindowSide(paddedHeight, down)) > maxBytes)
        {
            var (coreWidth, coreHeight) = (CoreSide(paddedWidth, across), CoreSide(paddedHeight, down));
            if (coreWidth == Alignment && coreHeight == Alignment)
            {
                var needed = WorkingBytes(WindowSide(paddedWidth, across), WindowSide(paddedHeight, down));
                throw new ArgumentException(Guard.Text(
                    $"The smallest tile of this network takes {needed} bytes of working memory, but {maxBytes} are allowed. " +
                    $"Raise {nameof(CpuEngineOptions.MaxWorkingMemory)}."));
            }

            // The longer side of a tile is cut: square tiles have the least context for their area.
            (across, down) = coreWidth >= coreHeight ? (NextCount(paddedWidth, across), down) : (across, NextCount(paddedHeight, down));
        }

        var columns = Axis(paddedWidth, across);
        return
        [
            .. from row in Axis(paddedHeight, down)
               from column in columns
               select new Tile(new PictureWindow(column.Start, row.Start, column.Side, row.Side), row.FirstCell, row.EndCell,
                   column.FirstCell, column.EndCell),
        ];
    }

    /// <summary>
    /// The most that the maps between layers take at once. The first two stages are worked on in strips, two of which are there at once
    /// instead of their largest maps. A layer's input, its output and its transformed filters are there together, and pool3 and pool4 stay
    /// for the skip connections.
    /// </summary>
    public long WorkingBytes(int width, int height)
    {
        var (w, h) = ((long)architecture.Stages[0][0].OutputSize(width), (long)architecture.Stages[0][0].OutputSize(height));
        var (input, kept, most) = (0L, 0L, 0L);
        for (var stage = 0; stage < architecture.Stages.Length; stage++)
        {
            var layers = architecture.Stages[stage];
            var inStrips = stage < FusedNetwork.StagesInStrips;
            var strips = inStrips ? 2 * MapBytes(layers[0].OutChannels, FusedNetwork.StripRows((int)w, layers[0].OutChannels)) : 0;
            for (var i = inStrips ? layers.Length - 1 : 0; i < layers.Length; i++)
            {
                if (i == layers.Length - 1)
                {
                    (w, h) = ((w + 1) / 2, (h + 1) / 2);
                }

                var output = MapBytes(layers[i].OutChannels, h);
                most = Math.Max(most, kept + input + output + strips + FilterBytes(layers[i]));
                input = output;
            }

            if (stage is 2 or 3)
            {
                // It is the next stage's input as well.
                kept += input;
                input = 0;
            }
        }

        return most;

        static long FilterBytes(ConvolutionSpec layer) =>
            sizeof(float) * WinogradLayer.FilterFloats(layer.InChannels, RoundUp(layer.OutChannels, KernelSet.All[0].PanelWidth));

        long MapBytes(int channels, long rows) =>
            sizeof(float) * ChannelMap.StrideOf(channels) * (w + (2 * WinogradTransforms.Output)) * (
                rows + (2 * WinogradTransforms.Output));
    }

    /// <summary>Pixels with the zeros that the layout adds at the right or the bottom.</summary>
    public int Padded(int side) => RoundUp(side, architecture.Alignment.SizeMultiple);

    /// <summary>Rows or columns of the coarse scores, the last upsampler's input, for those of a padded picture.</summary>
    public int CoarseSide(int padded)
    {
        var side = architecture.Stages.Aggregate(
            padded, (size, stage) => (stage.Aggregate(size, (current, layer) => layer.OutputSize(current)) + 1) / 2);
        return architecture.Upsamplers.SkipLast(1).Aggregate(architecture.Fc6.OutputSize(side), (size, layer) => layer.OutputSize(size));
    }

    /// <summary>
    /// How far from a coarse cell's place in the picture a pixel can lie that it depends on: half the receptive field of fc6 (which grows
    /// by (kernel - 1) * stride with every layer), one cell of every upsampling on the way, and the shift of the crops.
    /// </summary>
    private static int ReceptiveRadius(FcnArchitecture architecture)
    {
        var (field, stride) = (1, 1);
        foreach (var stage in architecture.Stages)
        {
            field += (stage.Sum(layer => layer.Kernel - 1) * stride) + stride;
            stride *= 2;
        }

        field += (architecture.Fc6.Kernel - 1) * stride;
        var upsampling = architecture.Upsamplers.Sum(layer => stride /= layer.Stride) + 32;
        return (field / 2) + upsampling + architecture.Alignment.ImageOffset;
    }

    private static int RoundUp(int value, int multiple) => (value + multiple - 1) / multiple * multiple;

    private static int CoreSide(int padded, int count) => RoundUp((padded + count - 1) / count, Alignment);

    /// <summary>The next larger number of tiles that makes them smaller.</summary>
    private static int NextCount(int padded, int count)
    {
        var next = count + 1;
        while (CoreSide(padded, next) == CoreSide(padded, count))
        {
            next++;
        }

        return next;
    }

    private int WindowSide(int padded, int count) => count == 1 ? padded : Math.Min(padded, CoreSide(padded, count) + (2 * context));

    private List<(int Start, int Side, int FirstCell, int EndCell)> Axis(int padded, int count)
    {
        var core = CoreSide(padded, count);
        var parts = new List<(int, int, int, int)>();
        for (var from = 0; from < padded; from += core)
        {
            var to = from + core;
            var start = Math.Max(0, from - context);
            var end = Math.Min(padded, to + context);
            parts.Add((start, end - start, from / coarseStride, to >= padded ? CoarseSide(padded) : to / coarseStride));
        }

        return parts;
    }
}

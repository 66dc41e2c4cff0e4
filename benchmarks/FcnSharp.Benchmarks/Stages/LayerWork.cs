using FcnSharp.Engine.Fused;
using FcnSharp.Networks;

namespace FcnSharp.Benchmarks.Stages;

/// <summary>How much arithmetic a layer is, in floating-point operations: two for a multiplication and its addition.</summary>
/// <param name="Name">Its name in the state dict.</param>
/// <param name="Direct">What the definition of the layer asks for; zeros of the padding included.</param>
/// <param name="Multiplied">What the matrix products of the engine carry out: less by Winograd's trick. The transforms are not
/// counted.</param>
internal sealed record LayerWork(string Name, double Direct, double Multiplied)
{
    /// <summary>Every layer of a network, for a picture of this size.</summary>
    public static IReadOnlyList<LayerWork> Of(FcnArchitecture architecture, int width, int height)
    {
        var list = new List<LayerWork>();
        var multiple = architecture.Alignment.SizeMultiple;
        var size = new MapSize((height + multiple - 1) / multiple * multiple, (width + multiple - 1) / multiple * multiple);
        foreach (var stage in architecture.Stages)
        {
            foreach (var layer in stage)
            {
                size = size.To(layer.OutputSize);
                list.Add(list.Count == 0 ? Product(layer, size) : Winograd(layer, size));
            }

            size = size.To(side => (side + 1) / 2);
        }

        size = size.To(architecture.Fc6.OutputSize);
        list.AddRange([Product(architecture.Fc6, size), Product(architecture.Fc7, size), Product(architecture.Fc8, size)]);
        foreach (var (layer, skip) in architecture.Upsamplers.SkipLast(1).Zip([architecture.Score4b!, architecture.Score3b!]))
        {
            size = size.To(layer.OutputSize);
            list.AddRange([Product(skip, size), Upsampling(layer, size)]);
        }

        list.Add(Upsampling(architecture.Upsamplers.Last(), new MapSize(height, width)));
        return list;
    }

    private static LayerWork Product(ConvolutionSpec layer, MapSize output)
    {
        var work = 2 * output.Cells * layer.InChannels * layer.OutChannels * layer.Kernel * layer.Kernel;
        return new LayerWork(layer.Name, work, work);
    }

    private static LayerWork Winograd(ConvolutionSpec layer, MapSize output)
    {
        var tiles = output.To(side => (side + WinogradTransforms.Output - 1) / WinogradTransforms.Output).Cells;
        return Product(layer, output) with
        {
            Multiplied = 2 * tiles * WinogradTransforms.Input * WinogradTransforms.Input * layer.InChannels * layer.OutChannels,
        };
    }

    /// <summary>The kernel is twice the stride, so that every output cell takes 2x2 input cells.</summary>
    private static LayerWork Upsampling(UpsamplingSpec layer, MapSize output)
    {
        var work = 2 * output.Cells * layer.Channels * layer.Channels * 4;
        return new LayerWork(layer.Name, work, work);
    }

    private readonly record struct MapSize(int Height, int Width)
    {
        public double Cells => (double)Height * Width;

        public MapSize To(Func<int, int> side) => new(side(Height), side(Width));
    }
}

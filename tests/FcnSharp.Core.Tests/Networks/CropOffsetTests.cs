using FcnSharp.Networks;
using FcnSharp.Networks.Graphs;

namespace FcnSharp.Tests.Networks;

/// <summary>
/// The crop offsets of the original layout, derived: every layer maps the pixels of its output grid to places in the picture, and two maps
/// are aligned when the same cell of both is at the same position.
/// </summary>
public class CropOffsetTests
{
    [Fact]
    public void Fcn8s_Pool4ThenPool3ThenImage_Are5And9And31()
    {
        var grids = Trunk(FcnVariant.Fcn8s);

        var fused16 = grids.Coarse.Upsampled(kernel: 4, stride: 2);
        Assert.Equal(5, grids.Pool4.OffsetOf(fused16));

        var fused8 = fused16.Upsampled(kernel: 4, stride: 2);
        Assert.Equal(9, grids.Pool3.OffsetOf(fused8));

        Assert.Equal(31, -fused8.Upsampled(kernel: 16, stride: 8).OffsetInPixels());
        AssertAlignment(FcnVariant.Fcn8s, 5, 9, 31);
    }

    [Fact]
    public void Fcn16s_Pool4ThenImage_Are5And27()
    {
        var grids = Trunk(FcnVariant.Fcn16s);

        var fused16 = grids.Coarse.Upsampled(kernel: 4, stride: 2);
        Assert.Equal(5, grids.Pool4.OffsetOf(fused16));

        Assert.Equal(27, -fused16.Upsampled(kernel: 32, stride: 16).OffsetInPixels());
        AssertAlignment(FcnVariant.Fcn16s, 5, 9, 27);
    }

    [Fact]
    public void Fcn32s_Image_Is19()
    {
        Assert.Equal(19, -Trunk(FcnVariant.Fcn32s).Coarse.Upsampled(kernel: 64, stride: 32).OffsetInPixels());
        AssertAlignment(FcnVariant.Fcn32s, 5, 9, 19);
    }

    private static (Grid Pool3, Grid Pool4, Grid Coarse) Trunk(FcnVariant variant)
    {
        var graph = new FcnOptions { Variant = variant, Layout = FcnLayout.Original }.ToGraph();
        var grids = new Dictionary<GraphNode, Grid> { [graph.Image] = new(1, 0) };
        foreach (var node in graph.Nodes)
        {
            if (node is ConvolutionNode layer)
            {
                grids[node] = grids[layer.Input].Convolved(layer);
            }
            else if (node is MaxPoolNode { Kernel: 2, Stride: 2, Padding: 0 } pool)
            {
                grids[node] = grids[pool.Input].Pooled();
            }
        }

        return (grids[graph["pool3"]], grids[graph["pool4"]], grids[graph["fc8"]]);
    }

    private static void AssertAlignment(FcnVariant variant, int pool4, int pool3, int image)
    {
        var options = new FcnOptions { Variant = variant, Layout = FcnLayout.Original };
        var alignment = FcnAlignment.Of(options);
        var crops = options.ToGraph().Nodes.OfType<CropNode>().ToDictionary(node => node.Name, node => node.Offset);

        Assert.Equal((pool4, pool3, image), (alignment.Pool4Offset, alignment.Pool3Offset, alignment.ImageOffset));
        Assert.Equal(image, crops["scores"]);
        Assert.Equal(variant == FcnVariant.Fcn32s ? -1 : pool4, crops.GetValueOrDefault("score_4b.0.cropped", -1));
        Assert.Equal(variant == FcnVariant.Fcn8s ? pool3 : -1, crops.GetValueOrDefault("score_3b.0.cropped", -1));
    }

    /// <summary>Cell i of a map is centred over picture coordinate Start + Step * i, where pixel i is centred at i.</summary>
    private readonly record struct Grid(double Step, double Start)
    {
        public Grid Convolved(ConvolutionNode layer) => this with { Start = Start + (Step * (((layer.Kernel - 1) / 2.0) - layer.Padding)) };

        public Grid Pooled() => new(2 * Step, Start + (Step / 2));

        public Grid Upsampled(int kernel, int stride) => new(Step / stride, Start - (Step / stride * (kernel - 1) / 2.0));

        /// <summary>Number of cells of this map to skip so that the first cells of both are aligned.</summary>
        public double OffsetOf(Grid other)
        {
            Assert.Equal(Step, other.Step);
            return (other.Start - Start) / Step;
        }

        public double OffsetInPixels()
        {
            Assert.Equal(1, Step);
            return Start;
        }
    }
}

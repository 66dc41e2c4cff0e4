using FcnSharp.Networks;

namespace FcnSharp.Tests.Networks;

/// <summary>
/// The crop offsets of the original layout, derived: every layer maps the pixels of its output grid to places in the picture, and two maps
/// line up when the same cell of both lies over the same place.
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

    private static void AssertAlignment(FcnVariant variant, int pool4, int pool3, int image)
    {
        var alignment = FcnAlignment.Of(new FcnOptions { Variant = variant, Layout = FcnLayout.Original });

        Assert.Equal((pool4, pool3, image), (alignment.Pool4Offset, alignment.Pool3Offset, alignment.ImageOffset));
    }

    private static (Grid Pool3, Grid Pool4, Grid Coarse) Trunk(FcnVariant variant)
    {
        var architecture = new FcnArchitecture(new FcnOptions { Variant = variant, Layout = FcnLayout.Original });
        var grid = new Grid(1, 0);
        var pools = new List<Grid>();
        foreach (var stage in architecture.Stages)
        {
            grid = stage.Aggregate(grid, (current, layer) => current.Convolved(layer)).Pooled();
            pools.Add(grid);
        }

        return (pools[2], pools[3], grid.Convolved(architecture.Fc6).Convolved(architecture.Fc7).Convolved(architecture.Fc8));
    }

    /// <summary>Cell i of a map is centred over picture coordinate Start + Step * i, where pixel i is centred at i.</summary>
    private readonly record struct Grid(double Step, double Start)
    {
        public Grid Convolved(ConvolutionSpec layer) => this with { Start = Start + (Step * (((layer.Kernel - 1) / 2.0) - layer.Padding)) };

        public Grid Pooled() => new(2 * Step, Start + (Step / 2));

        public Grid Upsampled(int kernel, int stride) => new(Step / stride, Start - (Step / stride * (kernel - 1) / 2.0));

        /// <summary>How many cells of this map to skip so that its first is over the other's first.</summary>
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

using FcnSharp.Engine.Fused;
using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Fused;

public class FirstLayerTests
{
    /// <summary>Width of registers, layout (padding 1 or 100), channels, and a window that may reach beyond the picture of 23x17
    /// pixels.</summary>
    public static TheoryData<int, FcnLayout, int, int, int, int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from layout in Enum.GetValues<FcnLayout>()
        from window in new[] { (1, 0, 0, 23, 17), (24, 5, 3, 11, 9), (33, 7, 0, 32, 32) }
        select (lanes, layout, window.Item1, window.Item2, window.Item3, window.Item4, window.Item5)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyWindow_EqualsNormalisationPaddingAndConvolution(
        int lanes, FcnLayout layout, int channels, int x, int y, int width, int height)
    {
        var options = new FcnOptions { NumClasses = 2, Layout = layout, Widths = FilledNetwork.TinyWidths with { Stage1 = channels } };
        var (network, spec) = (FilledNetwork.Create(options), new FcnArchitecture(options).Stages[0][0]);
        var picture = TestPictures.Noise(23, 17);
        var layer = new FirstLayer(network, spec, Normalization.ImageNet, KernelWidths.Of(lanes));
        using var output = new ChannelMap(TestMaps.Scratch, layer.OutputSide(height), layer.OutputSide(width), channels, border: 1);

        layer.Run(picture, new PictureWindow(x, y, width, height), 0, output.Height, output, 0, TestMaps.Scratch, TestMaps.Workers(2));

        TestMaps.AssertEqual((row, column, channel) =>
            Rectified(network, spec, picture, row + y - spec.Padding, column + x - spec.Padding, channel), output);
    }

    private static double Rectified(FcnNetwork network, ConvolutionSpec spec, RgbImage picture, int y, int x, int channel)
    {
        var filters = network[spec.Weight].Values.Span;
        double sum = network[spec.Bias].Values.Span[channel];
        for (var tap = 0; tap < 9; tap++)
        {
            for (var color = 0; color < 3; color++)
            {
                sum += filters[(((channel * 3) + color) * 9) + tap] * Normalized(picture, y + (tap / 3), x + (tap % 3), color);
            }
        }

        return Math.Max(sum, 0);
    }

    private static double Normalized(RgbImage picture, int y, int x, int color)
    {
        if ((uint)y >= (uint)picture.Height || (uint)x >= (uint)picture.Width)
        {
            return 0;
        }

        var (mean, deviation) = (Normalization.ImageNet.Mean, Normalization.ImageNet.Deviation);
        var value = picture.Pixels.Span[(((y * picture.Width) + x) * 3) + color] / 255.0;
        return color switch
        {
            0 => (value - mean.R) / deviation.R,
            1 => (value - mean.G) / deviation.G,
            _ => (value - mean.B) / deviation.B,
        };
    }
}

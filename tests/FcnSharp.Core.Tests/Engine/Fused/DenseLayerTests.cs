using FcnSharp.Engine.Fused;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Fused;

public class DenseLayerTests
{
    /// <summary>Kernel, channels in and out, rows and columns; 1024 channels fill whole pages, 300 more than a block of depth.</summary>
    public static TheoryData<int, int, int, int, int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from shape in new[] { (1, 1, 3, 2, 3), (1, 300, 21, 5, 7), (1, 1024, 33, 3, 1), (7, 5, 9, 8, 13), (7, 17, 40, 7, 7) }
        select (lanes, shape.Item1, shape.Item2, shape.Item3, shape.Item4, shape.Item5)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyShape_EqualsTheSumOfProducts(int lanes, int kernel, int inChannels, int outChannels, int height, int width)
    {
        var (network, spec) = Layer(kernel, inChannels, outChannels);
        var layer = new DenseLayer(network, spec, rectify: true, offset: 0, scale: 1, KernelWidths.Of(lanes));
        using var input = TestMaps.Filled(height, width, inChannels);

        using var output = layer.Run(input, outputBorder: 1, TestMaps.Scratch, TestMaps.Workers(3));

        Assert.Equal((height - kernel + 1, width - kernel + 1), (output.Height, output.Width));
        TestMaps.AssertEqual((y, x, channel) => Math.Max(0, Sum(network, spec, input, y, x, channel, scale: 1)), output);
    }

    [Fact]
    public void Run_WithAnOffsetAndAScale_SkipsCellsAndScalesTheInput()
    {
        var (network, spec) = Layer(1, 20, 11);
        using var input = TestMaps.Filled(12, 15, 20);
        foreach (var lanes in KernelWidths.Lanes)
        {
            var layer = new DenseLayer(network, spec, rectify: false, offset: 3, scale: 0.25f, KernelWidths.Of(lanes));

            using var output = layer.Run(input, 7, 8, outputBorder: 1, TestMaps.Scratch, TestMaps.Workers(1));

            TestMaps.AssertEqual((y, x, channel) => Sum(network, spec, input, y + 3, x + 3, channel, scale: 0.25), output);
        }
    }

    private static (FcnNetwork Network, ConvolutionSpec Spec) Layer(int kernel, int inChannels, int outChannels)
    {
        var options = new FcnOptions
        {
            NumClasses = 2,
            Layout = kernel == 7 ? FcnLayout.Original : FcnLayout.Compact,
            Widths = FilledNetwork.TinyWidths with { Stage5 = inChannels, Head = outChannels },
        };
        return (FilledNetwork.Create(options), new FcnArchitecture(options).Fc6);
    }

    private static double Sum(FcnNetwork network, ConvolutionSpec spec, ChannelMap input, int y, int x, int channel, double scale)
    {
        var places = spec.Kernel * spec.Kernel;
        var filters = network[spec.Weight].Values.Span;
        double sum = network[spec.Bias].Values.Span[channel];
        for (var place = 0; place < places; place++)
        {
            for (var i = 0; i < spec.InChannels; i++)
            {
                var value = TestMaps.At(input, y + (place / spec.Kernel), x + (place % spec.Kernel), i);
                sum += scale * filters[(((channel * spec.InChannels) + i) * places) + place] * value;
            }
        }

        return sum;
    }
}

using FcnSharp.Engine.Fused;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Fused;

public class WinogradLayerTests
{
    public static TheoryData<int, bool, int, int, int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from pool in new[] { false, true }
        from shape in new[] { (1, 1, 1, 1), (5, 9, 7, 6), (17, 3, 4, 13), (33, 40, 9, 11), (16, 70, 8, 2),
            (3, 16, 50, 31), (9, 20, 60, 45) }
        select (lanes, pool, shape.Item1, shape.Item2, shape.Item3, shape.Item4)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyShape_EqualsTheSumOfProducts(int lanes, bool pool, int inChannels, int outChannels, int height, int width)
    {
        var (network, spec) = Layer(inChannels, outChannels);
        var layer = new WinogradLayer(network, spec, pool, KernelWidths.Of(lanes));
        using var input = TestMaps.Filled(height, width, inChannels, border: WinogradTransforms.Output);

        using var output = layer.Run(input, outputBorder: 2, TestMaps.Scratch, TestMaps.Workers(1));

        var expected = new double[height, width, outChannels];
        foreach (var (y, x, channel) in
            from y in Enumerable.Range(0, height)
            from x in Enumerable.Range(0, width)
            from c in Enumerable.Range(0, outChannels)
            select (y, x, c))
        {
            expected[y, x, channel] = Rectified(network, spec, input, y, x, channel);
        }

        TestMaps.AssertEqual((y, x, channel) => pool ? Pooled(expected, y, x, channel) : expected[y, x, channel], output);
    }

    /// <summary>Many tiles, which are shared by blocks; few, shared by panels where there are as many as threads.</summary>
    [Theory]
    [InlineData(90, 75, 36)]
    [InlineData(30, 25, 36)]
    [InlineData(30, 25, 200)]
    public void Run_AnyNumberOfThreads_GivesTheSameBits(int height, int width, int outChannels)
    {
        var (network, spec) = Layer(20, outChannels);
        using var input = TestMaps.Filled(height, width, 20, border: WinogradTransforms.Output);
        foreach (var lanes in KernelWidths.Lanes)
        {
            var layer = new WinogradLayer(network, spec, pool: true, KernelWidths.Of(lanes));
            using var single = layer.Run(input, 0, TestMaps.Scratch, TestMaps.Workers(1));
            using var several = layer.Run(input, 0, TestMaps.Scratch, TestMaps.Workers(5));

            Assert.Equal(TestMaps.Bits(single), TestMaps.Bits(several));
        }
    }

    private static (FcnNetwork Network, ConvolutionSpec Spec) Layer(int inChannels, int outChannels)
    {
        var options = new FcnOptions
        {
            NumClasses = 2,
            Widths = FilledNetwork.TinyWidths with { Stage1 = inChannels, Stage2 = outChannels },
        };
        return (FilledNetwork.Create(options), new FcnArchitecture(options).Stages[1][0]);
    }

    private static double Rectified(FcnNetwork network, ConvolutionSpec spec, ChannelMap input, int y, int x, int channel)
    {
        var filters = network[spec.Weight].Values.Span;
        double sum = network[spec.Bias].Values.Span[channel];
        for (var tap = 0; tap < 9; tap++)
        {
            for (var i = 0; i < spec.InChannels; i++)
            {
                sum += filters[(((channel * spec.InChannels) + i) * 9) + tap] * TestMaps.At(input, y + (tap / 3) - 1, x + (tap % 3) - 1, i);
            }
        }

        return Math.Max(sum, 0);
    }

    private static double Pooled(double[,,] map, int y, int x, int channel)
    {
        var most = 0.0;
        for (var i = 2 * y; i < Math.Min((2 * y) + 2, map.GetLength(0)); i++)
        {
            for (var j = 2 * x; j < Math.Min((2 * x) + 2, map.GetLength(1)); j++)
            {
                most = Math.Max(most, map[i, j, channel]);
            }
        }

        return most;
    }
}

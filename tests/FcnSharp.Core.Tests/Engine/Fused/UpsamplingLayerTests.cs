using FcnSharp.Engine.Fused;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Fused;

public unsafe class UpsamplingLayerTests
{
    public static TheoryData<int, FcnLayout, int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from layout in Enum.GetValues<FcnLayout>()
        from shape in new[] { (2, 2), (11, 2), (21, 8), (33, 16), (5, 32) }
        select (lanes, layout, shape.Item1, shape.Item2)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Row_EveryPhase_EqualsTheTransposedConvolution(int lanes, FcnLayout layout, int classes, int stride)
    {
        var (network, spec) = Layer(layout, classes, stride);
        var offset = layout == FcnLayout.Original ? 3 : 0;
        var layer = new UpsamplingLayer(network, spec, offset, KernelWidths.Of(lanes));
        using var input = TestMaps.Filled(3, 5, classes, border: 1);
        var (height, width) = (spec.OutputSize(3) - (2 * offset), spec.OutputSize(5) - (2 * offset));
        using var sum = TestMaps.Filled(height, width, classes);
        var before = TestMaps.Bits(sum);

        layer.AddTo(sum, input, TestMaps.Scratch, TestMaps.Workers(2));

        TestMaps.AssertEqual(
            (y, x, channel) => before[(((y * width) + x) * classes) + channel] + Sum(network, spec, input, y + offset, x + offset, channel),
            sum);
    }

    [Fact]
    public void Row_ClassesThatDoNotExist_ScoreLessThanAnyOther()
    {
        var (network, spec) = Layer(FcnLayout.Compact, 3, 8);
        foreach (var lanes in KernelWidths.Lanes)
        {
            var layer = new UpsamplingLayer(network, spec, 0, KernelWidths.Of(lanes));
            using var input = TestMaps.Filled(2, 2, 3, border: 1);
            var row = new float[layer.RowLength(16)];
            fixed (float* start = row)
            {
                layer.Row(input, 5, 16, start);
            }

            Assert.All(Enumerable.Range(0, 16), x => Assert.All(row[((x * layer.RowCellStride) + 3)..((x + 1) * layer.RowCellStride)],
                score => Assert.InRange(score, float.MinValue, -1e29f)));
        }
    }

    /// <summary>The last upsampler of a variant has its stride, the first of an FCN-8s stride 2.</summary>
    private static (FcnNetwork Network, UpsamplingSpec Spec) Layer(FcnLayout layout, int classes, int stride)
    {
        var variant = stride == 2 ? FcnVariant.Fcn8s : (FcnVariant)stride;
        var options = new FcnOptions { Variant = variant, Layout = layout, NumClasses = classes, Widths = FilledNetwork.TinyWidths };
        var upsamplers = new FcnArchitecture(options).Upsamplers.ToList();
        return (FilledNetwork.Create(options), stride == 2 ? upsamplers[0] : upsamplers[^1]);
    }

    private static double Sum(FcnNetwork network, UpsamplingSpec spec, ChannelMap input, int y, int x, int channel)
    {
        var filters = network[spec.Weight].Values.Span;
        var sum = spec.HasBias ? network[spec.Bias].Values.Span[channel] : 0.0;
        for (var row = 0; row < input.Height; row++)
        {
            for (var column = 0; column < input.Width; column++)
            {
                var (tapY, tapX) = (y + spec.Padding - (row * spec.Stride), x + spec.Padding - (column * spec.Stride));
                for (var i = 0; i < spec.Channels && (uint)tapY < (uint)spec.Kernel && (uint)tapX < (uint)spec.Kernel; i++)
                {
                    sum += filters[(((((i * spec.Channels) + channel) * spec.Kernel) + tapY) * spec.Kernel) + tapX] * TestMaps.At(
                        input, row, column, i);
                }
            }
        }

        return sum;
    }
}

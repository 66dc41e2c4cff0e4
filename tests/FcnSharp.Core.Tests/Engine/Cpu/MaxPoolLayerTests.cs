using FcnSharp.Engine.Cpu;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class MaxPoolLayerTests
{
    /// <summary>Kernel, stride, padding, ceil; rows and columns.</summary>
    public static TheoryData<int, (int, int, int, bool), int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from kind in new[]
        {
            (3, 2, 1, false), (3, 2, 1, true), (2, 2, 0, true), (2, 2, 0, false), (2, 3, 1, true), (5, 1, 2, false), (1, 2, 0, false),
        }
        from size in new[] { (3, 4), (8, 13), (2, 2), (11, 6) }
        select (lanes, kind, size.Item1, size.Item2)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_AnyWindow_IsTheLargestOfIt(
        int lanes, (int Kernel, int Stride, int Padding, bool Ceil) kind, int height, int width)
    {
        foreach (var channels in new[] { 1, 21, 64 })
        {
            var node = new MaxPoolNode("pool", TestMaps.Input(channels), kind.Kernel, kind.Stride)
            {
                Padding = kind.Padding, Ceil = kind.Ceil,
            };
            var layer = new MaxPoolLayer(node, KernelWidths.Of(lanes));
            using var input = TestMaps.FilledFor(layer, height, width, channels);
            var expected = NaiveGraph.Apply(node, FilledNetwork.Lookup(), TestMaps.Values(input));
            using var output = TestMaps.Filled(expected.GetLength(1), expected.GetLength(2), channels, border: new(1, 1), name: "there");

            TestMaps.Run(layer, output, threads: 2, input);

            Assert.Equal(expected, TestMaps.Values(output));
        }
    }
}

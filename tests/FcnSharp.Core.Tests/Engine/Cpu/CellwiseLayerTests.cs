using FcnSharp.Engine.Cpu;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class CellwiseLayerTests
{
    public static TheoryData<int, int> Cases => [.. from lanes in KernelWidths.Lanes
        from channels in new[] { 1, 16, 21, 70 }
        select (lanes, channels)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Run_EveryOperation_EqualsItsDefinition(int lanes, int channels)
    {
        using var input = TestMaps.Filled(9, 7, channels, border: new(1, 1));
        using var other = TestMaps.Filled(9, 7, channels, name: "other");
        using var small = TestMaps.Filled(5, 4, channels, name: "small");
        var (first, second) = (TestMaps.Input(channels), new ScaleNode("second", TestMaps.Input(channels), 1));

        AssertEqualsNaive(lanes, new AddNode("sum", first, second), input, other);
        AssertEqualsNaive(lanes, new AddNode("sum", first, second) { Relu = true }, input, other);
        AssertEqualsNaive(lanes, new AddNode("sum", first, first), input, input);
        AssertEqualsNaive(lanes, new ScaleNode("scaled", first, -0.25f), input);
        AssertEqualsNaive(lanes, new CropNode("cropped", first, offset: 2, second), input, small);
        AssertEqualsNaive(lanes, new PadNode("padded", first, multiple: 4), input);
    }

    private static void AssertEqualsNaive(int lanes, GraphNode node, params ChannelMap[] inputs)
    {
        var expected = NaiveGraph.Apply(node, FilledNetwork.Lookup(), [.. inputs.Select(TestMaps.Values)]);
        using var output = TestMaps.Filled(expected.GetLength(1), expected.GetLength(2), node.Channels, border: new(1, 1), name: "there");

        TestMaps.Run(new CellwiseLayer(node, KernelWidths.Of(lanes)), output, threads: 2, inputs);

        TestMaps.AssertEqual(expected, output, tolerance: 1e-7);
    }
}

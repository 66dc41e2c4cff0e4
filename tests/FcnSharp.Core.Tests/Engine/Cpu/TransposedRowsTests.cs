using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;
using FcnSharp.Networks.Graphs;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public unsafe class TransposedRowsTests
{
    /// <summary>Channels in and out, kernel, stride, padding; the first ones are the upsamplings of the FCNs.</summary>
    public static TheoryData<int, (int, int, int, int, int), bool> Cases => [.. from lanes in KernelWidths.Lanes
        from shape in new[]
        {
            (2, 2, 4, 2, 0), (11, 11, 4, 2, 1), (21, 21, 16, 8, 4), (33, 33, 32, 16, 0), (5, 5, 64, 32, 16),
            (9, 3, 2, 2, 0), (3, 20, 3, 2, 1), (40, 6, 5, 2, 2), (4, 33, 3, 1, 1), (7, 7, 1, 1, 0), (6, 5, 2, 3, 0), (3, 2, 7, 3, 1),
        }
        from adds in new[] { false, true }
        select (lanes, shape, adds)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Rows_EveryPhase_EqualTheTransposedConvolution(
        int lanes, (int In, int Out, int Kernel, int Stride, int Padding) shape, bool adds)
    {
        foreach (var offset in new[] { 0, 3 })
        {
            var node = Node(shape, hasBias: !adds);
            var tensors = FilledNetwork.Lookup(node);
            var layer = new RowsLayer(
                new TransposedRows(node, tensors, offset, KernelWidths.Of(lanes)), new Finishing(Rectifies: offset > 0, adds));
            using var input = TestMaps.FilledFor(layer, 3, 5, shape.In);
            var whole = NaiveGraph.Apply(node, tensors, TestMaps.Values(input));
            var (height, width) = (whole.GetLength(1) - offset, whole.GetLength(2) - offset);
            if (height < 1)
            {
                continue;
            }

            using var output = TestMaps.Filled(height, width, shape.Out, border: new(1, 1), name: "there");
            var expected = NaiveMaps.Crop(whole, offset, height, width);
            expected = adds ? NaiveMaps.Add(expected, TestMaps.Values(output)) : expected;

            TestMaps.Run(layer, output, threads: 2, input);

            TestMaps.AssertEqual(offset > 0 ? NaiveMaps.Rectify(expected) : expected, output);
        }
    }

    [Fact]
    public void Row_ClassesThatDoNotExist_ScoreLessThanAnyOther()
    {
        var node = Node((3, 3, 16, 8, 4), hasBias: true);
        foreach (var lanes in KernelWidths.Lanes)
        {
            var rows = new TransposedRows(node, FilledNetwork.Lookup(node), offset: 0, KernelWidths.Of(lanes));
            using var input = TestMaps.Filled(2, 2, 3, rows.InputBorder);
            var row = new float[rows.RowLength(input, 16)];
            fixed (float* start = row)
            {
                rows.Over(input, 16, 16)(5, start);
            }

            Assert.All(Enumerable.Range(0, 16), x => Assert.All(row[((x * rows.CellStride) + 3)..((x + 1) * rows.CellStride)],
                score => Assert.InRange(score, float.MinValue, -1e29f)));
        }
    }

    private static TransposedConvolutionNode Node((int In, int Out, int Kernel, int Stride, int Padding) shape, bool hasBias) =>
        new("layer", TestMaps.Input(shape.In), shape.Out, shape.Kernel, shape.Stride) { Padding = shape.Padding, HasBias = hasBias };
}

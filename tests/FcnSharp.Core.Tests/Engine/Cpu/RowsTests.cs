using FcnSharp.Engine.Cpu;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public unsafe class RowsTests
{
    /// <summary>Rows and columns before and after.</summary>
    public static TheoryData<int, (int, int, int, int)> Sizes => [.. from lanes in KernelWidths.Lanes
        from size in new[] { (1, 1, 5, 7), (3, 4, 24, 32), (7, 5, 7, 5), (9, 11, 4, 3), (5, 6, 11, 3), (2, 9, 13, 9) }
        select (lanes, size)];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void BilinearRows_AnySize_EqualPyTorchsRule(int lanes, (int Height, int Width, int NewHeight, int NewWidth) size)
    {
        foreach (var channels in new[] { 1, 21, 70 })
        {
            var rows = new BilinearRows("rows", channels, KernelWidths.Of(lanes));
            using var input = TestMaps.Filled(size.Height, size.Width, channels);
            using var output = TestMaps.Filled(size.NewHeight, size.NewWidth, channels, border: new(1, 1));

            TestMaps.Run(new RowsLayer(rows, default), output, threads: 2, input);

            TestMaps.AssertEqual(NaiveMaps.Resize(TestMaps.Values(input), size.NewHeight, size.NewWidth), output);
        }
    }

    /// <summary>torch.nn.functional.interpolate(torch.tensor([[[[0., 10, 20, 30, 40]]]]), (1, 3), mode="bilinear"), and (1, 8).</summary>
    [Fact]
    public void BilinearRows_FiveCells_AreThoseOfPyTorch()
    {
        var rows = new BilinearRows("rows", channels: 1, KernelWidths.Of(KernelWidths.Lanes.First()));
        using var input = new ChannelMap(TestMaps.Scratch, 1, 5, 1);
        for (var x = 0; x < 5; x++)
        {
            *input.Cell(0, x) = 10 * x;
        }

        Assert.Equal([3.3333333, 20, 36.6666667], Row(3), (a, b) => Math.Abs(a - b) < 1e-4);
        Assert.Equal([0, 4.375, 10.625, 16.875, 23.125, 29.375, 35.625, 40], Row(8), (a, b) => Math.Abs(a - b) < 1e-4);

        double[] Row(int width)
        {
            using var output = new ChannelMap(TestMaps.Scratch, 1, width, 1);
            TestMaps.Run(new RowsLayer(rows, default), output, threads: 1, input);
            return TestMaps.Bits(output);
        }
    }

    [Fact]
    public void CroppedRows_WithAnOffset_AreThoseOfTheMap()
    {
        foreach (var lanes in KernelWidths.Lanes)
        {
            using var input = TestMaps.Filled(9, 8, 21, border: new(1, 1));
            using var output = TestMaps.Filled(5, 4, 21);

            TestMaps.Run(new RowsLayer(new CroppedRows("rows", 21, offset: 3, KernelWidths.Of(lanes)), default), output, threads: 2, input);

            Assert.Equal(NaiveMaps.Crop(TestMaps.Values(input), 3, 5, 4), TestMaps.Values(output));
        }
    }

    [Fact]
    public void Rows_ClassesThatDoNotExist_ScoreLessThanAnyOther()
    {
        foreach (var kernels in KernelWidths.Lanes.Select(KernelWidths.Of))
        {
            using var input = TestMaps.Filled(6, 6, 3);
            foreach (RowSource rows in new RowSource[] { new BilinearRows("rows", 3, kernels), new CroppedRows("rows", 3, 1, kernels) })
            {
                var row = new float[rows.RowLength(input, 5)];
                fixed (float* start = row)
                {
                    rows.Over(input, 5, 5)(4, start);
                }

                Assert.All(Enumerable.Range(0, 5), x => Assert.All(row[((x * rows.CellStride) + 3)..((x + 1) * rows.CellStride)],
                    score => Assert.Equal(float.MinValue, score)));
            }
        }
    }
}

using FcnSharp.Engine.Kernels;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Kernels;

public unsafe class KernelSetTests
{
    public static TheoryData<int, int, int, bool> Products => [.. from lanes in KernelWidths.Lanes
        from shape in new[] { (1, 1), (7, 1), (64, 1), (9, 3), (21, 2) }
        from add in new[] { false, true }
        select (lanes, shape.Item1, shape.Item2, add)];

    public static TheoryData<int> Widths => [.. KernelWidths.Lanes];

    [Theory]
    [MemberData(nameof(Products))]
    public void Multiply_AnyDepth_EqualsTheSumOfProducts(int lanes, int depth, int segments, bool add)
    {
        const int LeftStride = 5, SegmentStride = 70;
        var kernels = KernelWidths.Of(lanes);
        var (columns, resultStride) = (kernels.PanelWidth, kernels.PanelWidth + 3);
        var left = GoldenFill.Values("left", (5 * LeftStride) + (segments * SegmentStride), 1);
        var panel = GoldenFill.Values("panel", segments * depth * columns, 1);
        var before = GoldenFill.Values("result", GemmKernel.Rows * resultStride, 1);
        var result = before.ToArray();
        var shape = new ProductShape(LeftStride, depth, resultStride) { Segments = segments, SegmentStride = SegmentStride, Add = add };

        fixed (float* a = left, b = panel, c = result)
        {
            kernels.Multiply(a, b, c, shape, ahead: b);
        }

        for (var i = 0; i < result.Length; i++)
        {
            var (row, column) = Math.DivRem(i, resultStride);
            var sum = column >= columns || add ? before[i] : 0.0;
            for (var k = 0; k < segments * depth && column < columns; k++)
            {
                sum += (double)left[(row * LeftStride) + (k / depth * SegmentStride) + (k % depth)] * panel[(k * columns) + column];
            }

            Assert.Equal(sum, result[i], 1e-4);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void IndexOfLargest_EveryPlaceTiesAndNoNumbers_IsTheFirstOfTheLargest(int lanes)
    {
        var kernels = KernelWidths.Of(lanes);
        var values = new float[2 * lanes];
        fixed (float* start = values)
        {
            for (var place = 0; place < values.Length; place++)
            {
                Array.Fill(values, -3);
                values[place] = values[^1] = -2;
                Assert.Equal(place, kernels.IndexOfLargest(start, values.Length));
            }

            Array.Fill(values, float.NaN);
            Assert.Equal(~0, kernels.IndexOfLargest(start, values.Length));
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void IndexOfLargest_AnyPlaceNotFinite_IsNegative(int lanes)
    {
        var kernels = KernelWidths.Of(lanes);
        var values = new float[3 * lanes];
        fixed (float* start = values)
        {
            for (var place = 0; place < values.Length; place++)
            {
                foreach (var value in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
                {
                    Array.Fill(values, float.MaxValue);
                    values[place] = value;
                    Assert.InRange(kernels.IndexOfLargest(start, values.Length), int.MinValue, -1);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Mix_OfTwoRows_LiesBetweenThem(int lanes)
    {
        var from = GoldenFill.Values("from", 3 * lanes, 1);
        var to = GoldenFill.Values("to", 3 * lanes, 1);
        var target = new float[3 * lanes];

        fixed (float* a = from, b = to, c = target)
        {
            KernelWidths.Of(lanes).Mix(a, b, 0.25f, c, target.Length);
        }

        for (var i = 0; i < target.Length; i++)
        {
            Assert.Equal((0.75 * from[i]) + (0.25 * to[i]), target[i], 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Finish_AddsTheBiasAndWhatIsThereAndRectifiesOnDemand(int lanes)
    {
        const int Cells = 4;
        var kernels = KernelWidths.Of(lanes);
        var (panel, stride) = (kernels.PanelWidth, kernels.PanelWidth + lanes);
        var sums = GoldenFill.Values("sums", Cells * panel, 1);
        var bias = GoldenFill.Values("bias", panel, 1);
        var before = GoldenFill.Values("before", Cells * stride, 1);
        foreach (var finishing in new Finishing[] { new(false, false), new(true, false), new(false, true), new(true, true) })
        {
            var target = before.ToArray();
            fixed (float* a = sums, b = bias, c = target)
            {
                kernels.Finish(a, Cells, b, c, stride, panel, finishing);
            }

            for (var i = 0; i < target.Length; i++)
            {
                var (cell, channel) = Math.DivRem(i, stride);
                var sum = channel < panel ? sums[(cell * panel) + channel] + bias[channel] : 0;
                sum = finishing.Adds ? sum + before[i] : sum;
                Assert.Equal(channel >= panel ? before[i] : finishing.Rectifies ? Math.Max(sum, 0) : sum, target[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Combine_OneOrTwoRows_ScalesAddsAndRectifies(int lanes)
    {
        var (first, second) = (GoldenFill.Values("first", 3 * lanes, 1), GoldenFill.Values("second", 3 * lanes, 1));
        foreach (var (adds, rectify) in new[] { (false, false), (true, false), (true, true) })
        {
            var target = new float[3 * lanes];
            fixed (float* a = first, b = second, c = target)
            {
                KernelWidths.Of(lanes).Combine(a, -0.5f, adds ? b : null, c, target.Length, rectify);
            }

            for (var i = 0; i < target.Length; i++)
            {
                var sum = (-0.5f * first[i]) + (adds ? second[i] : 0);
                Assert.Equal(rectify ? Math.Max(sum, 0) : sum, target[i]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Raise_OfTwoRows_KeepsTheLargerValues(int lanes)
    {
        var (values, before) = (GoldenFill.Values("values", 2 * lanes, 1), GoldenFill.Values("before", 2 * lanes, 1));
        var target = before.ToArray();

        fixed (float* a = values, b = target)
        {
            KernelWidths.Of(lanes).Raise(a, b, target.Length);
        }

        Assert.Equal(values.Zip(before, Math.Max), target);
    }
}

using BenchmarkDotNet.Attributes;
using FcnSharp.Engine;
using FcnSharp.Engine.Fused;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>One row of the last upsampling, from stride 8 to pixels, against writing as many floats.</summary>
public unsafe class UpsamplingBenchmarks
{
    private const int Stride = 8;
    private const int Width = 512;

    private ChannelMap coarse = null!;
    private UpsamplingLayer layer = null!;
    private AlignedBuffer row = null!;

    [GlobalSetup]
    public void Setup()
    {
        var network = EngineParts.Network(channels: 8);
        layer = EngineParts.LastUpsampler(network);
        coarse = EngineParts.Noise(Width / Stride, network.Options.NumClasses);
        row = EngineParts.Noise(layer.RowLength(Width));
    }

    [GlobalCleanup]
    public void Cleanup() => coarse.Dispose();

    [Benchmark(Baseline = true)]
    public float WriteAsMuch()
    {
        row.Values[..(Width * layer.RowCellStride)].Fill(0.5f);
        return *row.Pointer;
    }

    [Benchmark]
    public float Row()
    {
        layer.Row(coarse, Width / 2, Width, row.Pointer);
        return *row.Pointer;
    }
}

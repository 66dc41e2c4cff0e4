using BenchmarkDotNet.Attributes;
using FcnSharp.Engine.Cpu;
using FcnSharp.Engine.Kernels;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>One row of the last upsampling, from stride 8 to pixels, against writing the same number of floats.</summary>
public unsafe class UpsamplingBenchmarks
{
    private const int Stride = 8;
    private const int Width = 512;

    private ChannelMap coarse = null!;
    private TransposedRows rows = null!;
    private RowWriter write = null!;
    private AlignedBuffer row = null!;

    [GlobalSetup]
    public void Setup()
    {
        var network = EngineParts.Network(channels: 8);
        rows = EngineParts.LastUpsampler(network);
        coarse = EngineParts.Noise(Width / Stride, network.Options.NumClasses);
        row = EngineParts.Noise(rows.RowLength(coarse, Width));
        write = rows.Over(coarse, Width, Width);
    }

    [GlobalCleanup]
    public void Cleanup() => coarse.Dispose();

    [Benchmark(Baseline = true)]
    public float WriteAsMuch()
    {
        row.Values[..(Width * rows.CellStride)].Fill(0.5f);
        return *row.Pointer;
    }

    [Benchmark]
    public float Row()
    {
        write(Width / 2, row.Pointer);
        return *row.Pointer;
    }
}

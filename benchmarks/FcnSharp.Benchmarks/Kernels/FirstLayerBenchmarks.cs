using BenchmarkDotNet.Attributes;
using FcnSharp.Engine.Cpu;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>The first layer, which computes 64 floats from 3 bytes, against writing the same number of floats.</summary>
public unsafe class FirstLayerBenchmarks
{
    private const int Side = 128;
    private const int Channels = 64;

    private RgbImage picture = null!;
    private FirstLayer layer = null!;
    private ChannelMap output = null!;

    [GlobalSetup]
    public void Setup()
    {
        layer = EngineParts.First(EngineParts.Network(Channels));
        picture = BenchmarkPicture.Noise(Side, Side);
        output = EngineParts.Noise(Side, Channels);
    }

    [GlobalCleanup]
    public void Cleanup() => output.Dispose();

    [Benchmark(Baseline = true)]
    public float WriteAsMuch()
    {
        for (var y = 0; y < Side; y++)
        {
            new Span<float>(output.Cell(y, 0), Side * output.Stride).Fill(0.5f);
        }

        return *output.Origin;
    }

    [Benchmark]
    public float Layer()
    {
        EngineParts.Run(layer, output, picture);
        return *output.Origin;
    }
}

using BenchmarkDotNet.Attributes;
using FcnSharp.Engine.Cpu;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>The first layer, which turns 3 bytes into 64 floats, against writing as many floats.</summary>
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

using BenchmarkDotNet.Attributes;
using FcnSharp.Engine.Cpu;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>A 3x3 layer by Winograd's algorithm, against the same layer as a direct matrix product with the same inner loop.</summary>
public class WinogradLayerBenchmarks
{
    private ChannelMap input = null!;
    private ChannelMap output = null!;
    private DenseLayer direct = null!;
    private WinogradLayer winograd = null!;

    /// <summary>Number of input and of output channels.</summary>
    [Params(64, 256)]
    public int Channels { get; set; }

    /// <summary>Side of the map, in cells.</summary>
    [Params(64)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var network = EngineParts.Network(Channels);
        input = EngineParts.Noise(Side, Channels);
        output = EngineParts.Noise(Side, Channels);
        direct = EngineParts.Direct(network);
        winograd = EngineParts.Winograd(network);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        input.Dispose();
        output.Dispose();
    }

    [Benchmark(Baseline = true)]
    public int Direct()
    {
        EngineParts.Run(direct, output, input);
        return output.Height;
    }

    [Benchmark]
    public int Winograd()
    {
        EngineParts.Run(winograd, output, input);
        return output.Height;
    }
}

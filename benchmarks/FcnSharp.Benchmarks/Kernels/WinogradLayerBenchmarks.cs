using BenchmarkDotNet.Attributes;
using FcnSharp.Engine.Fused;
using FcnSharp.Networks;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>What Winograd's trick is worth for one 3x3 layer, against the same layer as a direct matrix product of the same inner
/// loop.</summary>
public class WinogradLayerBenchmarks
{
    private ChannelMap input = null!;
    private DenseLayer direct = null!;
    private WinogradLayer winograd = null!;

    /// <summary>Channels in and out.</summary>
    [Params(64, 256)]
    public int Channels { get; set; }

    /// <summary>Side of the map, in cells.</summary>
    [Params(64)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var network = EngineParts.Network(Channels);
        var layer = new FcnArchitecture(network.Options).Stages[1][0];
        input = EngineParts.Noise(Side, Channels);
        direct = EngineParts.Direct(network, layer);
        winograd = EngineParts.Winograd(network, layer);
    }

    [GlobalCleanup]
    public void Cleanup() => input.Dispose();

    [Benchmark(Baseline = true)]
    public int Direct()
    {
        using var output = direct.Run(input, Side, Side, 0, EngineParts.Scratch, EngineParts.OneThread);
        return output.Height;
    }

    [Benchmark]
    public int Winograd()
    {
        using var output = winograd.Run(input, 0, EngineParts.Scratch, EngineParts.OneThread);
        return output.Height;
    }
}

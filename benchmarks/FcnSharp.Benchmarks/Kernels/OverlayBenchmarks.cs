using BenchmarkDotNet.Attributes;
using FcnSharp.Imaging;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>Blending a photo with the colours of its classes, against copying the photo.</summary>
[MemoryDiagnoser]
public class OverlayBenchmarks
{
    private const int Side = 512;

    private RgbImage picture = null!;
    private LabelMap labels = null!;
    private byte[] copy = [];

    [GlobalSetup]
    public void Setup()
    {
        picture = BenchmarkPicture.Noise(Side, Side);
        var random = new Random(1);
        labels = new LabelMap(Enumerable.Range(0, Side * Side).Select(_ => (byte)random.Next(Palette.Voc.Count)).ToArray(), Side, Side);
        copy = new byte[picture.Pixels.Length];
    }

    [Benchmark(Baseline = true)]
    public byte CopyPhoto()
    {
        picture.Pixels.CopyTo(copy);
        return copy[^1];
    }

    [Benchmark]
    public byte Blend() => Overlay.Blend(picture, labels, Palette.Voc).Pixels.Span[^1];
}

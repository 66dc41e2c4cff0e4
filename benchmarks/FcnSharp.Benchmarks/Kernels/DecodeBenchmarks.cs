using BenchmarkDotNet.Attributes;
using FcnSharp.Imaging;
using SkiaSharp;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>Reading a photo against the codec alone: the cost of channel order, checks of the file, and the packed copy.</summary>
[MemoryDiagnoser]
public class DecodeBenchmarks
{
    private byte[] file = [];

    [GlobalSetup]
    public void Setup() => file = File.ReadAllBytes(BenchmarkPicture.PhotoPath);

    [Benchmark(Baseline = true)]
    public int Codec()
    {
        using var bitmap = SKBitmap.Decode(file);
        return bitmap.Width;
    }

    [Benchmark]
    public int Load()
    {
        using var stream = new MemoryStream(file);
        return RgbImage.Load(stream).Width;
    }
}

using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using FcnSharp.Engine.Kernels;

namespace FcnSharp.Benchmarks.Kernels;

/// <summary>The inner loop against the processor's peak rate of multiply-adds without memory accesses.</summary>
public unsafe class MatrixProductBenchmarks
{
    private const int Depth = 512;

    private AlignedBuffer left = null!;
    private AlignedBuffer panel = null!;
    private AlignedBuffer result = null!;

    [GlobalSetup]
    public void Setup()
    {
        left = EngineParts.Noise(EngineParts.ProductRows * Depth);
        panel = EngineParts.Noise(EngineParts.ProductColumns * Depth);
        result = EngineParts.Noise(EngineParts.ProductRows * EngineParts.ProductColumns);
    }

    /// <summary>The same number of multiply-adds, in registers only.</summary>
    [Benchmark(Baseline = true)]
    public float RegistersAlone()
    {
        if (Vector512.IsHardwareAccelerated)
        {
            MultiplyInRegisters<Lanes512>();
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            MultiplyInRegisters<Lanes256>();
        }
        else
        {
            MultiplyInRegisters<Lanes128>();
        }

        return result.Pointer[0];
    }

    [Benchmark]
    public float OnePanel()
    {
        EngineParts.Product(left.Pointer, panel.Pointer, result.Pointer, Depth);
        return result.Pointer[0];
    }

    private void MultiplyInRegisters<T>()
        where T : struct, ILanes<T>
    {
        var (a, b) = (T.Load(left.Pointer), T.Load(panel.Pointer));
        T s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11;
        s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = s8 = s9 = s10 = s11 = T.Broadcast(0);
        for (var step = 0; step < Depth; step++)
        {
            s0 = T.MultiplyAdd(a, b, s0);
            s1 = T.MultiplyAdd(a, b, s1);
            s2 = T.MultiplyAdd(a, b, s2);
            s3 = T.MultiplyAdd(a, b, s3);
            s4 = T.MultiplyAdd(a, b, s4);
            s5 = T.MultiplyAdd(a, b, s5);
            s6 = T.MultiplyAdd(a, b, s6);
            s7 = T.MultiplyAdd(a, b, s7);
            s8 = T.MultiplyAdd(a, b, s8);
            s9 = T.MultiplyAdd(a, b, s9);
            s10 = T.MultiplyAdd(a, b, s10);
            s11 = T.MultiplyAdd(a, b, s11);
        }

        // Uses all twelve sums, so that the compiler does not remove any.
        s0.Store(result.Pointer);
        s1.Store(result.Pointer + T.Count);
        s2.Store(result.Pointer + (2 * T.Count));
        s3.Store(result.Pointer + (3 * T.Count));
        s4.Store(result.Pointer + (4 * T.Count));
        s5.Store(result.Pointer + (5 * T.Count));
        s6.Store(result.Pointer + (6 * T.Count));
        s7.Store(result.Pointer + (7 * T.Count));
        s8.Store(result.Pointer + (8 * T.Count));
        s9.Store(result.Pointer + (9 * T.Count));
        s10.Store(result.Pointer + (10 * T.Count));
        s11.Store(result.Pointer + (11 * T.Count));
    }
}

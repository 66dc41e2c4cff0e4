using System.Diagnostics;
using FcnSharp.Engine.Kernels;

namespace FcnSharp.Benchmarks.Stages;

/// <summary>
/// Measures the peak rate of the engine's inner loop on this machine: six cells times one panel, repeated on all threads, with all data in
/// the first-level cache. Code that loads data from other memory cannot exceed this rate with the same operations.
/// </summary>
internal sealed unsafe class MatrixPeak(int threads)
{
    /// <summary>Depth of the product. Cells and panel take 11 KB with registers of 256 bits and 19 KB with 512.</summary>
    private const int Depth = 128;

    private const int Calls = 20_000;

    private readonly AlignedBuffer[] rooms = [
        .. Enumerable.Range(0, threads).Select(_ => EngineParts.Noise(Depth * (EngineParts.ProductRows + EngineParts.ProductColumns)))];
    private readonly AlignedBuffer[] results = [
        .. Enumerable.Range(0, threads).Select(_ => EngineParts.Noise(EngineParts.ProductRows * EngineParts.ProductColumns))];

    /// <summary>The highest rate so far, in floating-point operations per second.</summary>
    public double Best { get; private set; }

    /// <summary>Measures the rate once more.</summary>
    public void Measure()
    {
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() => Multiply(rooms[index], results[index]))).ToList();
        var clock = Stopwatch.StartNew();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        Best = Math.Max(
            Best, 2.0 * threads * Calls * EngineParts.ProductRows * EngineParts.ProductColumns * Depth / clock.Elapsed.TotalSeconds);
    }

    private static void Multiply(AlignedBuffer room, AlignedBuffer result)
    {
        for (var call = 0; call < Calls; call++)
        {
            EngineParts.Product(room.Pointer, room.Pointer + (EngineParts.ProductRows * Depth), result.Pointer, Depth);
        }
    }
}

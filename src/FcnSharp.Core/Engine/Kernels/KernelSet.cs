using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.Wasm;
using System.Runtime.Intrinsics.X86;
using FcnSharp.Support;

namespace FcnSharp.Engine.Kernels;

/// <summary>The inner loops of all layers, for registers of one width.</summary>
internal abstract unsafe class KernelSet
{
    /// <summary>One set for each width, the widest first; widths that the processor lacks work too, but slowly.</summary>
    public static IReadOnlyList<KernelSet> All { get; } = [new For<Lanes512>(), new For<Lanes256>(), new For<Lanes128>()];

    /// <summary>The widest set that is hardware-accelerated.</summary>
    public static KernelSet Fastest { get; } = PackedSimd.IsSupported
        ? new ForWebAssembly()
        : All[Vector512.IsHardwareAccelerated ? 0 : Vector256.IsHardwareAccelerated ? 1 : 2];

    /// <summary>Floats in a register.</summary>
    public abstract int Lanes { get; }

    /// <summary>Output channels of a panel of weights: two registers.</summary>
    public int PanelWidth => 2 * Lanes;

    /// <summary>Forces the JIT compilation of every kernel, which takes longer than a small picture. Call it on an idle
    /// thread.</summary>
    public void Compile()
    {
        var memory = new AlignedBuffer(64 * PanelWidth);
        memory.Values.Clear();
        var at = memory.Pointer;
        Multiply(at, at, at, new ProductShape(0, 1, PanelWidth), at);
        Finish(at, 1, at, at, PanelWidth, PanelWidth, default);
        Mix(at, at, 0, at, Lanes);
        IndexOfLargest(at, Lanes);
        TransformFilter(at, at, Lanes);
        TransformInput(at, Lanes, Lanes, Lanes, at, Lanes);
        TransformOutput(at, Lanes, at, Lanes, at, new WinogradTarget(0, 0, 1, 1, Pool: false, default));
        TransformOutput(at, Lanes, at, Lanes, at, new WinogradTarget(0, 0, 1, 1, Pool: true, default));
    }

    /// <inheritdoc cref="GemmKernel.Run"/>
    public abstract void Multiply(float* left, float* panel, float* result, in ProductShape shape, float* ahead);

    /// <inheritdoc cref="RowKernels.Finish"/>
    public abstract void Finish(float* sums, int rows, float* bias, float* target, nint targetStride, int channels, Finishing finishing);

    /// <inheritdoc cref="RowKernels.Mix"/>
    public abstract void Mix(float* from, float* to, float fraction, float* target, int count);

    /// <inheritdoc cref="RowKernels.Combine"/>
    public abstract void Combine(float* first, float factor, float* second, float* target, int count, bool rectify);

    /// <inheritdoc cref="RowKernels.Raise"/>
    public abstract void Raise(float* values, float* target, int count);

    /// <inheritdoc cref="RowKernels.IndexOfLargest"/>
    public abstract int IndexOfLargest(float* values, int count);

    /// <inheritdoc cref="WinogradTile.TransformFilter"/>
    public abstract void TransformFilter(float* taps, float* target, nint placeStride);

    /// <inheritdoc cref="WinogradTile.TransformInput"/>
    public abstract void TransformInput(float* corner, nint rowStride, nint cellStride, int channels, float* target, nint placeStride);

    /// <inheritdoc cref="WinogradTile.TransformOutput"/>
    public abstract void TransformOutput(float* products, nint placeStride, float* bias, int channels, float* cell, WinogradTarget target);

    private class For<T> : KernelSet
        where T : struct, ILanes<T>
    {
        public override int Lanes => T.Count;

        public override void Multiply(float* left, float* panel, float* result, in ProductShape shape, float* ahead) =>
            GemmKernel.Run<T>(left, panel, result, shape, ahead);

        public override void Finish(
            float* sums, int rows, float* bias, float* target, nint targetStride, int channels, Finishing finishing) =>
            RowKernels.Finish<T>(sums, rows, bias, target, targetStride, channels, finishing);

        public override void Mix(float* from, float* to, float fraction, float* target, int count) =>
            RowKernels.Mix<T>(from, to, fraction, target, count);

        public override void Combine(float* first, float factor, float* second, float* target, int count, bool rectify) =>
            RowKernels.Combine<T>(first, factor, second, target, count, rectify);

        public override void Raise(float* values, float* target, int count) => RowKernels.Raise<T>(values, target, count);

        public override int IndexOfLargest(float* values, int count) => RowKernels.IndexOfLargest<T>(values, count);

        public override void TransformFilter(float* taps, float* target, nint placeStride) =>
            WinogradTile.TransformFilter<T>(taps, target, placeStride);

        public override void TransformInput(
            float* corner, nint rowStride, nint cellStride, int channels, float* target, nint placeStride) =>
            WinogradTile.TransformInput<T>(corner, rowStride, cellStride, channels, target, placeStride);

        public override void TransformOutput(
            float* products, nint placeStride, float* bias, int channels, float* cell, WinogradTarget target) =>
            WinogradTile.TransformOutput<T>(products, placeStride, bias, channels, cell, target);
    }

    private sealed class ForWebAssembly : For<LanesOfWebAssembly>
    {
        public override void Multiply(float* left, float* panel, float* result, in ProductShape shape, float* ahead) =>
            GemmKernelOfWebAssembly.Run(left, panel, result, shape);
    }
}

/// <summary>Display names of instruction sets.</summary>
internal static class InstructionSet
{
    public static string NameOf(KernelSet kernels) => Guard.Text($"{Family(kernels.Lanes)} ({kernels.Lanes * 32}-bit vectors)");

    private static string Family(int lanes) => lanes switch
    {
        16 => "AVX-512",
        8 => Fma.IsSupported ? "AVX2 with FMA" : "AVX2",
        _ => AdvSimd.IsSupported ? "NEON" : Sse.IsSupported ? "SSE" : PackedSimd.IsSupported ? "WebAssembly SIMD" : "no acceleration",
    };
}

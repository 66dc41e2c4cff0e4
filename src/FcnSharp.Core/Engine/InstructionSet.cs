using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>What the kernels run on: registers of 512 bits where the processor has them at full speed, else what <see cref="Vector{T}"/> is here.</summary>
internal static class InstructionSet
{
    public static string Name
    {
        get
        {
            var (family, bits) = Vector512.IsHardwareAccelerated ? ("AVX-512", 512) : (Standard, Vector<float>.Count * 32);
            return Guard.Text($"{family} ({bits}-bit vectors)");
        }
    }

    private static string Standard =>
        Vector<float>.Count == 8 ? (Fma.IsSupported ? "AVX2 with FMA" : "AVX2")
        : AdvSimd.IsSupported ? "NEON"
        : Sse.IsSupported ? "SSE"
        : "no acceleration";
}

using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FcnSharp.Support;

namespace FcnSharp.Engine.Kernels;

/// <summary>What kernels run on, in words.</summary>
internal static class InstructionSet
{
    public static string NameOf(KernelSet kernels) => Guard.Text($"{Family(kernels.Lanes)} ({kernels.Lanes * 32}-bit vectors)");

    private static string Family(int lanes) => lanes switch
    {
        16 => "AVX-512",
        8 => Fma.IsSupported ? "AVX2 with FMA" : "AVX2",
        _ => AdvSimd.IsSupported ? "NEON" : Sse.IsSupported ? "SSE" : "no acceleration",
    };
}

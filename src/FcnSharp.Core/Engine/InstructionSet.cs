using System.Numerics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using FcnSharp.Support;

namespace FcnSharp.Engine;

/// <summary>What <see cref="Vector{T}"/> became on this machine.</summary>
internal static class InstructionSet
{
    public static string Name
    {
        get
        {
            var family = Vector<float>.Count switch
            {
                16 => "AVX-512",
                8 => Fma.IsSupported ? "AVX2 with FMA" : "AVX2",
                _ => AdvSimd.IsSupported ? "NEON" : Sse.IsSupported ? "SSE" : "no acceleration",
            };
            return Guard.Text($"{family} ({Vector<float>.Count * 32}-bit vectors)");
        }
    }
}

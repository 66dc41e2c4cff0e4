using FcnSharp.Engine.Kernels;

namespace FcnSharp.Tests.Support;

/// <summary>Every width of register, whatever this processor has.</summary>
internal static class KernelWidths
{
    public static IEnumerable<int> Lanes => KernelSet.All.Select(kernels => kernels.Lanes);

    public static KernelSet Of(int lanes) => KernelSet.All.Single(kernels => kernels.Lanes == lanes);
}

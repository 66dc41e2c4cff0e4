using TorchSharp;

namespace FcnSharp.Torch.Tests.Support;

/// <summary>The devices that tests of devices run on.</summary>
internal static class Devices
{
    /// <summary>The CPU, and the first CUDA device if machine and backend have one.</summary>
    public static IReadOnlyList<string> All { get; } = torch.cuda.is_available() ? ["cpu", "cuda"] : ["cpu"];
}

using System.Runtime.InteropServices;

namespace FcnSharp.Runtime;

/// <summary>An operating system and processor architecture, with their names of native libraries and packages.</summary>
/// <param name="Rid">The portable runtime identifier, such as <c>linux-x64</c>.</param>
internal sealed record NativePlatform(string Rid)
{
    /// <summary>The platform of this process.</summary>
    public static NativePlatform Current { get; } = new(
        $"{OperatingSystemName()}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");

    /// <summary>Whether libtorch exists for this platform.</summary>
    public bool HasLibtorch => Rid is "linux-x64" or "win-x64" or "osx-arm64";

    public bool IsLinux => Rid.StartsWith("linux-", StringComparison.Ordinal);

    private bool IsWindows => Rid.StartsWith("win-", StringComparison.Ordinal);

    /// <summary>The file name of a library: <c>torch_cpu</c> is <c>libtorch_cpu.so</c> on Linux.</summary>
    public string FileName(string library) =>
        IsWindows ? $"{library}.dll" : IsLinux ? $"lib{library}.so" : $"lib{library}.dylib";

    /// <summary>The backend packages, of which an application needs one, as text.</summary>
    /// <param name="version">The version of TorchSharp in use.</param>
    public string BackendPackages(string version) => Rid switch
    {
        "linux-x64" => $"TorchSharp-cpu {version}, or TorchSharp-cuda-linux {version} for an NVIDIA GPU",
        "win-x64" => $"TorchSharp-cpu {version}, or TorchSharp-cuda-windows {version} for an NVIDIA GPU",
        _ => $"TorchSharp-cpu {version}",
    };

    private static string OperatingSystemName() =>
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : IsMusl() ? "linux-musl" : "linux";

    private static bool IsMusl() => RuntimeInformation.RuntimeIdentifier.Contains("-musl", StringComparison.Ordinal);
}

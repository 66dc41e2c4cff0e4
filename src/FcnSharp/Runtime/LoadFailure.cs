using System.Buffers;
using System.Text.RegularExpressions;

namespace FcnSharp.Runtime;

/// <summary>Converts the error of the system's loader about a native library to a reason and a remedy.</summary>
internal static partial class LoadFailure
{
    private const string WithoutLibtorch = "FcnSharp.Core runs networks without libtorch.";
    private const string WindowsModuleMissing = "0x8007007E";

    private static readonly SearchValues<string> WrongFormat = SearchValues.Create(
        ["wrong ELF class", "invalid ELF header", "file too short", "incompatible architecture", "not a mach-o",
            "0x8007000B", "0x800700C1"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> PartOfBackend = SearchValues.Create(
        ["torch", "c10", "cudart", "cublas", "cudnn", "cufft", "curand", "cusolver", "cusparse", "nvrtc", "libgomp-", "libomp", "libiomp"],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>There is no libtorch for this platform in any package.</summary>
    public static LibtorchLoadException NoLibtorchFor(NativePlatform platform) => new(
        platform.FileName("torch_cpu"),
        $"there is no libtorch package for {platform.Rid}.",
        $"Use the package FcnSharp.Core, whose engine needs no native library, or run on linux-x64, win-x64 or osx-arm64.");

    /// <summary>A file of libtorch is not in any of the folders: the application has no backend package.</summary>
    public static LibtorchLoadException NoBackend(string fileName, NativePlatform platform, string version, NativeFolders searched) => new(
        fileName,
        $"it is in none of the application's native folders ({searched}).",
        $"Add a libtorch backend to the application: package {platform.BackendPackages(version)}.");

    /// <summary>The file of TorchSharp itself is missing.</summary>
    public static LibtorchLoadException NoTorchSharp(string fileName, NativePlatform platform, string version, NativeFolders searched) =>
        new(
        fileName,
        $"it is in none of the application's native folders ({searched}).",
        $"It comes with the package TorchSharp {version}: build or publish the application for {platform.Rid}.");

    /// <summary>The file exists, but the loader refused it.</summary>
    public static LibtorchLoadException Refused(string path, Exception error, NativePlatform platform, string version)
    {
        var said = LastLine(error.Message);
        var (reason, remedy) = Explain(said, platform, version);
        return new LibtorchLoadException(Path.GetFileName(path), $"{reason} The loader said: {said}", remedy, error);
    }

    /// <summary>The library requires a newer C++ library, and the application does not allow making the requirement optional.</summary>
    public static LibtorchLoadException PatchForbidden(string path, Exception error, NativePlatform platform, string version)
    {
        var refused = Refused(path, error, platform, version);
        return new LibtorchLoadException(
            refused.Library,
            refused.Reason,
            $"Run on a newer system, or allow loading a copy without this requirement: set the MSBuild property " +
            $"FcnSharpPatchLibtorch to true. {WithoutLibtorch}",
            error);
    }

    private static (string Reason, string Remedy) Explain(string said, NativePlatform platform, string version)
    {
        if (MissingVersion().Match(said) is { Success: true, Value: var symbols })
        {
            var library = symbols.StartsWith("GLIBC_", StringComparison.Ordinal) ? "C library (glibc)" : "C++ library (libstdc++)";
            return ($"it needs {symbols}, and this system's {library} is older.", $"Run on a newer system. {WithoutLibtorch}");
        }

        if (MissingFile().Match(said) is { Success: true } missing)
        {
            var needed = missing.Groups["file"].Value;
            return needed.AsSpan().ContainsAny(PartOfBackend)
                ? ($"it needs {needed}, which is missing.",
                    $"Add a libtorch backend to the application: package {platform.BackendPackages(version)}.")
                : ($"it needs {needed}, which is missing.", $"Install the system package that contains {needed}. {WithoutLibtorch}");
        }

        if (said.AsSpan().ContainsAny(WrongFormat))
        {
            return (
                $"the file is damaged or not built for {platform.Rid}.",
                $"Restore the packages again and build or publish the application for {platform.Rid}: " +
                $"package {platform.BackendPackages(version)}.");
        }

        if (said.Contains(WindowsModuleMissing, StringComparison.OrdinalIgnoreCase))
        {
            return (
                "a library that it needs is missing.",
                $"TorchSharp 0.107.0 cannot load on Windows (https://github.com/dotnet/TorchSharp/issues/1567): use FcnSharp.Core " +
                $"there, or WSL. With a later version, install the current Microsoft Visual C++ Redistributable, and check that one " +
                $"backend package is referenced: {platform.BackendPackages(version)}.");
        }

        return ("the system's loader refused it.",
            $"Check that one backend package is referenced: {platform.BackendPackages(version)}. {WithoutLibtorch}");
    }

    // .NET puts advice about diagnostic tools before the loader's message.
    private static string LastLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)[^1];

    [GeneratedRegex(@"\b(GLIBC|GLIBCXX|CXXABI)_[0-9.]+", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingVersion();

    [GeneratedRegex(
        @"(?<file>[^\s:]+): cannot open shared object file|Library not loaded: (?<file>\S+)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex MissingFile();
}

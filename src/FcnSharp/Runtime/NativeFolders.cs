using System.Reflection;

namespace FcnSharp.Runtime;

/// <summary>The folders that may contain an application's native libraries, in search order.</summary>
internal sealed class NativeFolders
{
    /// <summary>The version of libtorch that this TorchSharp was built for; only script hosts need it, to find its package.</summary>
    internal const string LibtorchVersion = "2.10.0";

    private readonly string[] folders;

    public NativeFolders(IEnumerable<string> folders) =>
        this.folders = [.. folders.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal).Where(Directory.Exists)];

    /// <summary>The folders that exist, as text for a message.</summary>
    public override string ToString() => folders.Length == 0 ? "no folder" : string.Join(", ", folders);

    /// <summary>The folders of this process.</summary>
    /// <param name="torchSharp">The TorchSharp assembly; plug-ins and script hosts have native files beside it.</param>
    /// <param name="platform">The platform, which determines the folder of native files in packages and build outputs.</param>
    public static NativeFolders Of(Assembly torchSharp, NativePlatform platform)
    {
        var probing = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return new NativeFolders(
        [
            .. probing.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            .. WithRuntimeFolder(AppContext.BaseDirectory, platform),
            .. Beside(Path.GetDirectoryName(torchSharp.Location), platform),
        ]);
    }

    /// <summary>The full path of a file, or <see langword="null"/> if no folder contains it.</summary>
    public string? Find(string fileName) =>
        folders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists);

    /// <summary>The folders that belong to a TorchSharp.dll.</summary>
    /// <param name="folder">The folder of the file; null or empty in a single-file application, which has none.</param>
    /// <param name="platform">The platform, which determines the folder of native files.</param>
    internal static string[] Beside(string? folder, NativePlatform platform)
    {
        if (string.IsNullOrEmpty(folder))
        {
            return [];
        }

        // A script host loads packages/torchsharp/<version>/lib/<framework>/TorchSharp.dll in place.
        var package = Path.GetFullPath(Path.Combine(folder, "..", ".."));
        var packages = Path.GetFullPath(Path.Combine(package, "..", ".."));
        var libtorch = Path.Combine(packages, $"libtorch-cpu-{platform.Rid}", LibtorchVersion);
        return Path.GetFileName(Path.GetDirectoryName(package)) is "torchsharp"
            ? [.. WithRuntimeFolder(folder, platform), .. WithRuntimeFolder(package, platform), .. WithRuntimeFolder(libtorch, platform)]
            : WithRuntimeFolder(folder, platform);
    }

    private static string[] WithRuntimeFolder(string folder, NativePlatform platform) =>
        [folder, Path.Combine(folder, "runtimes", platform.Rid, "native")];
}

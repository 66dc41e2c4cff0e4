using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace FcnSharp.Runtime;

/// <summary>Loads the native library of TorchSharp where the system alone does not manage to.</summary>
/// <remarks>
/// <para>
/// Everything hangs on <see cref="AssemblyLoadContext.ResolvingUnmanagedDll"/>: .NET raises it when its own search has
/// failed, so where the plain load works this class never acts, and until TorchSharp asks nothing is loaded.
/// </para>
/// <para>
/// TorchSharp's library needs libtorch, which in script hosts lies in another folder: libtorch is loaded first, and the
/// dynamic loader then finds it by name. On systems with a libstdc++ older than GCC 13.2's (Debian 12, Ubuntu 22.04) the
/// library is refused all the same, for the symbol version <see cref="UnmetVersion"/>. Only one symbol carries that version,
/// a marker that no relocation uses, so a copy of the library in memory is loaded whose demand is marked as weak. The switch
/// <see cref="PatchSwitch"/> of the runtime configuration forbids that. Delete it, with ElfImage, ElfVersionNeeds and MemoryLibrary, once a
/// TorchSharp is referenced that was built against an older libstdc++ (https://github.com/dotnet/TorchSharp/issues/218 was about an
/// earlier case of this).
/// </para>
/// </remarks>
internal static class LibtorchLoader
{
    internal const string TorchSharpLibrary = "LibTorchSharp";
    internal const string UnmetVersion = "GLIBCXX_3.4.32";
    internal const string PatchSwitch = "FcnSharp.PatchLibtorch";
    internal const string UnmetVersionMarker = "_ZSt21ios_base_library_initv";

    // In the order in which they need each other. The CUDA ones exist only in the CUDA backends.
    private static readonly (string Name, bool Optional)[] Dependencies =
    [
        ("torch_global_deps", true), ("c10", false), ("c10_cuda", true), ("torch_cpu", false), ("torch_cuda", true), ("torch", false),
    ];

    private static readonly Lock Gate = new();
    private static int hooked;
    private static volatile LoadedLibrary? loaded;

    /// <summary>What was loaded how, or <see langword="null"/> while FcnSharp has neither loaded nor checked anything.</summary>
    public static string? How => loaded?.How;

    /// <summary>Makes .NET ask this class for libraries it cannot find. Loads nothing; calling it again changes nothing.</summary>
    public static void Hook()
    {
        if (Interlocked.Exchange(ref hooked, 1) == 0)
        {
            var context = AssemblyLoadContext.GetLoadContext(typeof(LibtorchLoader).Assembly) ?? AssemblyLoadContext.Default;
            context.ResolvingUnmanagedDll += (assembly, library) =>
                library == TorchSharpLibrary && assembly.GetName().Name == nameof(TorchSharp) ? LoadFromFolders(assembly) : 0;
        }
    }

    /// <summary>Loads the library plainly, or through the hook when that fails.</summary>
    /// <exception cref="LibtorchLoadException">Neither worked.</exception>
    public static void EnsureLoaded()
    {
        if (loaded is not null)
        {
            return;
        }

        // Not under the lock: .NET may hold locks of its own while it calls the hook.
        var torchSharp = typeof(torch).Assembly;
        if (NativeLibrary.TryLoad(TorchSharpLibrary, torchSharp, searchPath: null, out var library))
        {
            Interlocked.CompareExchange(ref loaded, new LoadedLibrary(library, "loaded plainly"), comparand: null);
        }
        else
        {
            // The hook serves its own load context only; TorchSharp may live in another.
            LoadFromFolders(torchSharp);
        }
    }

    private static nint LoadFromFolders(Assembly torchSharp)
    {
        lock (Gate)
        {
            return (loaded ??= Load(torchSharp, NativePlatform.Current)).Handle;
        }
    }

    private static LoadedLibrary Load(Assembly torchSharp, NativePlatform platform)
    {
        if (!platform.HasLibtorch)
        {
            throw LoadFailure.NoLibtorchFor(platform);
        }

        var version = torchSharp.GetName().Version?.ToString(fieldCount: 3) ?? "";
        var folders = NativeFolders.Of(torchSharp, platform);

        foreach (var (name, optional) in Dependencies)
        {
            var fileName = platform.FileName(name);
            if (folders.Find(fileName) is { } dependency)
            {
                Open(dependency, platform, version);
            }
            else if (!optional)
            {
                throw LoadFailure.NoBackend(fileName, platform, version, folders);
            }
        }

        var libraryName = platform.FileName(TorchSharpLibrary);
        var path = folders.Find(libraryName) ?? throw LoadFailure.NoTorchSharp(libraryName, platform, version, folders);
        try
        {
            return new LoadedLibrary(NativeLibrary.Load(path), $"loaded from {Path.GetDirectoryName(path)}, after its dependencies");
        }
        catch (DllNotFoundException error) when (platform.IsLinux && error.Message.Contains(UnmetVersion, StringComparison.Ordinal))
        {
            return LoadWithoutUnmetVersion(path, error, platform, version);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw LoadFailure.Refused(path, error, platform, version);
        }
    }

    private static LoadedLibrary LoadWithoutUnmetVersion(string path, DllNotFoundException refusal, NativePlatform platform, string version)
    {
        if (AppContext.TryGetSwitch(PatchSwitch, out var allowed) && !allowed)
        {
            throw LoadFailure.PatchForbidden(path, refusal, platform, version);
        }

        try
        {
            var image = File.ReadAllBytes(path);
            if (!ElfVersionNeeds.Weaken(image, UnmetVersion, UnmetVersionMarker))
            {
                throw LoadFailure.Refused(path, refusal, platform, version);
            }

            var library = MemoryLibrary.Load(Path.GetFileName(path), image);
            return new LoadedLibrary(
                library, $"loaded from {path} with its demand for {UnmetVersion} made optional (this system's libstdc++ is older)");
        }
        catch (Exception error) when (error is DllNotFoundException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw LoadFailure.Refused(path, error, platform, version);
        }
    }

    private static void Open(string path, NativePlatform platform, string version)
    {
        try
        {
            NativeLibrary.Load(path);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            throw LoadFailure.Refused(path, error, platform, version);
        }
    }

    private sealed record LoadedLibrary(nint Handle, string How);
}

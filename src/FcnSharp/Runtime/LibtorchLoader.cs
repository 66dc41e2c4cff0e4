using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace FcnSharp.Runtime;

/// <summary>Loads the native library of TorchSharp if .NET's own search fails.</summary>
/// <remarks>
/// <para>
/// The class handles <see cref="AssemblyLoadContext.ResolvingUnmanagedDll"/>, which .NET raises when its own search has
/// failed. If the default load works, the class does nothing; nothing is loaded before TorchSharp needs it.
/// </para>
/// <para>
/// TorchSharp's library needs libtorch, which in script hosts is in another folder: libtorch is loaded first, and the
/// dynamic loader then finds it by name. Systems with a libstdc++ older than GCC 13.2's (Debian 12, Ubuntu 22.04) still refuse
/// the library, because it requires the symbol version <see cref="UnmetVersion"/>. Only one symbol has that version, a marker that
/// no relocation uses, so a copy of the library is loaded from memory in which the requirement is marked as weak. The switch
/// <see cref="PatchSwitch"/> of the runtime configuration can forbid that. Delete this workaround, with ElfImage, ElfVersionNeeds and
/// MemoryLibrary, once the referenced TorchSharp is built against an older libstdc++ (https://github.com/dotnet/TorchSharp/issues/218
/// was about an earlier case).
/// </para>
/// </remarks>
internal static class LibtorchLoader
{
    internal const string TorchSharpLibrary = "LibTorchSharp";
    internal const string UnmetVersion = "GLIBCXX_3.4.32";
    internal const string PatchSwitch = "FcnSharp.PatchLibtorch";
    internal const string UnmetVersionMarker = "_ZSt21ios_base_library_initv";

    // In dependency order. The CUDA libraries exist only in the CUDA backends.
    private static readonly (string Name, bool Optional)[] Dependencies =
    [
        ("torch_global_deps", true), ("c10", false), ("c10_cuda", true), ("torch_cpu", false), ("torch_cuda", true), ("torch", false),
    ];

    private static readonly Lock Gate = new();
    private static int hooked;
    private static volatile LoadedLibrary? loaded;

    /// <summary>How the library was loaded, or <see langword="null"/> if FcnSharp has neither loaded nor checked it.</summary>
    public static string? How => loaded?.How;

    /// <summary>Registers the handler for libraries that .NET cannot find. Loads nothing; further calls have no effect.</summary>
    public static void Hook()
    {
        if (Interlocked.Exchange(ref hooked, 1) == 0)
        {
            var context = AssemblyLoadContext.GetLoadContext(typeof(LibtorchLoader).Assembly) ?? AssemblyLoadContext.Default;
            context.ResolvingUnmanagedDll += (assembly, library) =>
                library == TorchSharpLibrary && assembly.GetName().Name == nameof(TorchSharp) ? LoadFromFolders(assembly) : 0;
        }
    }

    /// <summary>Loads the library by .NET's own search, or by the hook if that fails.</summary>
    /// <exception cref="LibtorchLoadException">Both failed.</exception>
    public static void EnsureLoaded()
    {
        if (loaded is not null)
        {
            return;
        }

        // Not under the lock: .NET may hold its own locks while it calls the hook.
        var torchSharp = typeof(torch).Assembly;
        if (NativeLibrary.TryLoad(TorchSharpLibrary, torchSharp, searchPath: null, out var library))
        {
            Interlocked.CompareExchange(ref loaded, new LoadedLibrary(library, "loaded by .NET"), comparand: null);
        }
        else
        {
            // The hook is called only for its own load context; TorchSharp may be in another.
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
                library, $"loaded from {path} with the requirement of {UnmetVersion} made optional (this system's libstdc++ is older)");
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

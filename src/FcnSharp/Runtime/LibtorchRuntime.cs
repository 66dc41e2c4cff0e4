using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FcnSharp.Runtime;

/// <summary>The native library under TorchSharp: whether it is loaded, and a clear error when it cannot be.</summary>
/// <remarks>
/// Nothing here needs to be called: TorchSharp loads its library when it is first used, and FcnSharp helps it where that
/// fails. Thread-safe.
/// </remarks>
public static class LibtorchRuntime
{
    /// <summary>What is known about libtorch in this process, as one line of text without a full stop.</summary>
    /// <remarks>
    /// Reading it loads nothing. It says "not loaded by FcnSharp" until <see cref="EnsureLoaded"/> was called or TorchSharp
    /// needed help; then whether the library was loaded plainly, after its dependencies, or with a symbol version made optional.
    /// </remarks>
    public static string Status => $"libtorch: {LibtorchLoader.How ?? "not loaded by FcnSharp"}";

    /// <summary>Loads libtorch now rather than at the first tensor: half a second, once.</summary>
    /// <exception cref="LibtorchLoadException">
    /// It cannot be loaded, most often because the application references no backend package (TorchSharp-cpu,
    /// TorchSharp-cuda-linux or TorchSharp-cuda-windows) or because there is none for this platform.
    /// </exception>
    public static void EnsureLoaded()
    {
        Hook();
        LibtorchLoader.EnsureLoaded();
    }

    /// <summary>Called by the code that the package adds to applications. Loads nothing.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
#pragma warning disable CA2255 // Applications that only touch other types of this library, or load it by reflection, need the hook too.
    [ModuleInitializer]
#pragma warning restore CA2255
    public static void Hook() => LibtorchLoader.Hook();
}

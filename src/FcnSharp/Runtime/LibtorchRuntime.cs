using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace FcnSharp.Runtime;

/// <summary>Loads the native library of TorchSharp, with a clear error if that fails, and reports its status.</summary>
/// <remarks>
/// Calling these members is optional: TorchSharp loads its library on first use, and FcnSharp assists if that
/// fails. Thread-safe.
/// </remarks>
public static class LibtorchRuntime
{
    /// <summary>The status of libtorch in this process, as one line of text without a full stop.</summary>
    /// <remarks>
    /// Reading the property loads nothing. It is "not loaded by FcnSharp" until <see cref="EnsureLoaded"/> was called or .NET's own search
    /// failed; then it states whether .NET loaded the library, or FcnSharp did, after its dependencies or with a symbol version made
    /// optional.
    /// </remarks>
    public static string Status => $"libtorch: {LibtorchLoader.How ?? "not loaded by FcnSharp"}";

    /// <summary>Loads libtorch now instead of with the first tensor, which takes half a second once.</summary>
    /// <exception cref="LibtorchLoadException">
    /// libtorch cannot be loaded, usually because the application references no backend package (TorchSharp-cpu,
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

using FcnSharp.Runtime;

// .NET finds a startup hook by this name, in the global namespace.
#pragma warning disable CA1050, MA0047

/// <summary>Registers the hook in applications in languages without module initializers; FcnSharp.targets adds it to their
/// runtimeconfig.json.</summary>
internal static class StartupHook
{
    public static void Initialize() => LibtorchRuntime.Hook();
}

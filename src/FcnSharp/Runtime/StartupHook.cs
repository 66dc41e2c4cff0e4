using FcnSharp.Runtime;

// .NET finds a startup hook by this name, outside of any namespace.
#pragma warning disable CA1050, MA0047

/// <summary>The way into applications in languages without module initializers; FcnSharp.targets names it in their
/// runtimeconfig.json.</summary>
internal static class StartupHook
{
    public static void Initialize() => LibtorchRuntime.Hook();
}

namespace FcnSharp.Runtime;

/// <summary>libtorch, the native library of TorchSharp, cannot be loaded. The message states the file, the reason and the
/// remedy.</summary>
public sealed class LibtorchLoadException : Exception
{
    internal LibtorchLoadException(string library, string reason, string remedy, Exception? innerException = null)
        : base($"{library} cannot be loaded: {reason} {remedy}", innerException) =>
        (Library, Reason, Remedy) = (library, reason, remedy);

    /// <summary>The file that did not load, such as <c>libtorch_cpu.so</c>, without its folder.</summary>
    public string Library { get; }

    /// <summary>The reason, in one or more sentences.</summary>
    public string Reason { get; }

    /// <summary>What to do, in one or more sentences; if a package is missing, its name and version.</summary>
    public string Remedy { get; }
}

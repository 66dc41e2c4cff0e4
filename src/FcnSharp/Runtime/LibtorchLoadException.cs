namespace FcnSharp.Runtime;

/// <summary>libtorch, the native library under TorchSharp, cannot be loaded. The message says which file, why, and what to do.</summary>
public sealed class LibtorchLoadException : Exception
{
    internal LibtorchLoadException(string library, string reason, string remedy, Exception? innerException = null)
        : base($"{library} cannot be loaded: {reason} {remedy}", innerException) =>
        (Library, Reason, Remedy) = (library, reason, remedy);

    /// <summary>The file that did not load, such as <c>libtorch_cpu.so</c>, without its folder.</summary>
    public string Library { get; }

    /// <summary>Why, in one or more sentences.</summary>
    public string Reason { get; }

    /// <summary>What to do, in one or more sentences; where a package helps, its name and version.</summary>
    public string Remedy { get; }
}

namespace FcnSharp.Benchmarks;

/// <summary>The command line cannot be understood; the message is one line.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace FcnSharp.Benchmarks;

/// <summary>The command line is invalid; the message has one line.</summary>
internal sealed class UsageException(string message) : Exception(message);

namespace FcnSharp.Cli;

/// <summary>The command line is contradictory or incomplete; the message states what to write instead.</summary>
internal sealed class UsageException(string message) : Exception(message);

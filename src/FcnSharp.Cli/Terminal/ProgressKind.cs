namespace FcnSharp.Cli.Terminal;

/// <summary>How a command tells how far it is.</summary>
internal enum ProgressKind
{
    /// <summary>A bar on a terminal, lines where the error stream goes to a file.</summary>
    Auto,

    /// <summary>A line from time to time.</summary>
    Plain,

    /// <summary>A line of JSON several times a second, for a program that drives this one.</summary>
    Json,

    /// <summary>Nothing.</summary>
    None,
}

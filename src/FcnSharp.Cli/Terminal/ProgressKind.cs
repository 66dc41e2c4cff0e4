namespace FcnSharp.Cli.Terminal;

/// <summary>How a command shows its progress.</summary>
internal enum ProgressKind
{
    /// <summary>A bar on a terminal, lines if the error stream is redirected.</summary>
    Auto,

    /// <summary>A line every ten seconds.</summary>
    Plain,

    /// <summary>A line of JSON up to ten times a second, for a program that runs this one.</summary>
    Json,

    /// <summary>No progress.</summary>
    None,
}

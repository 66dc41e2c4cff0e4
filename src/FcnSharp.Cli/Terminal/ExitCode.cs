namespace FcnSharp.Cli.Terminal;

/// <summary>What the program tells the shell.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some of it failed, or a data set has faults.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line cannot be understood, or a file cannot be used.</summary>
    public const int Refused = 2;

    /// <summary>Ctrl+C; 128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    /// <summary>Asked to end; 128 + SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>What to tell after an exception; null where the program is at fault, which a stack trace tells more of.</summary>
    /// <param name="exception">What ended the command.</param>
    /// <param name="interrupted">The code of the signal that asked to end it; 0 for none.</param>
    public static int? Of(Exception exception, int interrupted) => exception switch
    {
        OperationCanceledException => interrupted != 0 ? interrupted : null,
        _ => Consoles.IsUsersFault(exception) ? Refused : null,
    };
}

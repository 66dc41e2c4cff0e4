namespace FcnSharp.Cli.Terminal;

/// <summary>The exit codes of the program.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>Some pictures failed, or a data set has faults.</summary>
    public const int SomeFailed = 1;

    /// <summary>The command line is not valid, or a file cannot be used.</summary>
    public const int Refused = 2;

    /// <summary>Ctrl+C: 128 + SIGINT, the convention of shells.</summary>
    public const int Interrupted = 130;

    /// <summary>Terminated: 128 + SIGTERM.</summary>
    public const int Terminated = 143;

    /// <summary>The exit code for an exception; null for a bug of the program, which needs a stack trace.</summary>
    /// <param name="exception">The exception that ended the command.</param>
    /// <param name="interrupted">The exit code of the signal that interrupted the command; 0 for none.</param>
    public static int? Of(Exception exception, int interrupted) => exception switch
    {
        OperationCanceledException => interrupted != 0 ? interrupted : null,
        _ => Consoles.IsUsersFault(exception) ? Refused : null,
    };
}

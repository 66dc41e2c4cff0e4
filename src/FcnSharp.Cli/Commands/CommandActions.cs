using System.CommandLine;

namespace FcnSharp.Cli.Commands;

/// <summary>Runs a command beside the thread that waits for Ctrl+C.</summary>
internal static class CommandActions
{
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, int> action)
    {
        command.SetAction((parsed, cancellationToken) => Task.Run(() => action(parsed, cancellationToken), cancellationToken));
        return command;
    }
}

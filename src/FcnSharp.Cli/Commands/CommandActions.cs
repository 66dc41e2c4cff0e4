using System.CommandLine;

namespace FcnSharp.Cli.Commands;

/// <summary>What commands have in common.</summary>
internal static class CommandActions
{
    /// <summary>Runs a command beside the thread that waits for it.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, int> action)
    {
        command.SetAction((parsed, cancellationToken) => Task.Run(() => action(parsed, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>What may be written after a command: its commands and options.</summary>
    public static IEnumerable<string> NamesOf(Command command) =>
        command.Subcommands.Select(item => item.Name).Concat(command.Options.Select(option => option.Name));

    /// <summary>How the user calls a command: <c>fcn segment</c>.</summary>
    public static string PathOf(Command command) => command is RootCommand ? "fcn" : $"fcn {command.Name}";
}

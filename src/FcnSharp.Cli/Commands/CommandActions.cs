using System.CommandLine;

namespace FcnSharp.Cli.Commands;

/// <summary>Helpers of all commands.</summary>
internal static class CommandActions
{
    /// <summary>Runs a command on a thread-pool thread.</summary>
    public static Command Runs(this Command command, Func<ParseResult, CancellationToken, int> action)
    {
        command.SetAction((parsed, cancellationToken) => Task.Run(() => action(parsed, cancellationToken), cancellationToken));
        return command;
    }

    /// <summary>An option whose values are the names of an enum, in lower case.</summary>
    public static Option<T> EnumOption<T>(string name, string description, bool isRecursive = false)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>().Select(value => value.ToLowerInvariant()).ToList();
        var option = new Option<T>(name)
        {
            HelpName = string.Join('|', names),
            Description = description,
            Recursive = isRecursive,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (names.Contains(text, StringComparer.OrdinalIgnoreCase))
                {
                    return Enum.Parse<T>(text, ignoreCase: true);
                }

                result.AddError($"{name} takes {string.Join(", ", names.SkipLast(1))} or {names[^1]}, but got \"{text}\".");
                return default;
            },
        };
        option.CompletionSources.Add([.. names]);
        return option;
    }

    /// <summary>The names that may follow a command: its subcommands and options.</summary>
    public static IEnumerable<string> NamesOf(Command command) =>
        command.Subcommands.Select(item => item.Name).Concat(command.Options.Select(option => option.Name));

    /// <summary>The command as the user types it: <c>fcn segment</c>.</summary>
    public static string PathOf(Command command) => command is RootCommand ? "fcn" : $"fcn {command.Name}";
}

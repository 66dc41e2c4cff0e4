using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli.Commands;
using FcnSharp.Cli.Terminal;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var root = FcnCommands.CreateRoot();

// Names that begin with @ are ordinary files, not response files. Without arguments, the help is shown.
var parsed = root.Parse(args is [] ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors is [.., var error])
{
    var command = parsed.CommandResult.Command;
    var unknown = parsed.UnmatchedTokens is [var first, ..] ? first : null;
    var fault = unknown is null
        ? error
        : parsed.Errors.FirstOrDefault(item => item.Message.Contains($"'{unknown}'", StringComparison.Ordinal)) ?? error;
    var words = fault.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    Consoles.WriteError(
        $"{string.Join(' ', words)}{(unknown is null ? "" : Suggestion.For(unknown, CommandActions.NamesOf(command)))} " +
        $"See \"{CommandActions.PathOf(command)} --help\".");
    return ExitCode.Refused;
}

if (args.Contains("", StringComparer.Ordinal))
{
    Consoles.WriteError("an argument is empty, as \"$NAME\" is in a shell that has no such variable. Give it a value, or omit it.");
    return ExitCode.Refused;
}

ProgressBar.Kind = parsed.GetValue(FcnCommands.Progress);
using var interruption = new Interruption();
try
{
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return await parsed.InvokeAsync(configuration, interruption.Token);
}
catch (Exception exception) when (ExitCode.Of(exception, interruption.ExitCode) is { } code)
{
    if (exception is OperationCanceledException)
    {
        interruption.Tell();
    }
    else
    {
        Consoles.WriteError(exception);
    }

    return code;
}

using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli;
using FcnSharp.Cli.Commands;
using FcnSharp.Cli.Terminal;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var root = new RootCommand("Semantic segmentation with fully convolutional networks.")
{
    SegmentCommand.Create(),
    EvaluateCommand.Create(),
    CheckDataCommand.Create(),
    InspectCommand.Create(),
    ConvertCommand.Create(),
    InfoCommand.Create(),
    BenchCommand.Create(),
    CompletionCommand.Create(),
};
HelpWithExamples.Install(root);

// Names that begin with @ are files like any other.
var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Errors is [.., var error])
{
    Consoles.WriteError($"{error.Message} See \"{CommandActions.PathOf(parsed.CommandResult.Command)} --help\".");
    return ExitCode.Refused;
}

using var interruption = new Interruption();
try
{
    var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
    return await parsed.InvokeAsync(configuration, interruption.Token);
}
catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
{
    interruption.Tell();
    return interruption.ExitCode;
}
catch (Exception exception) when (Consoles.IsUsersFault(exception))
{
    Consoles.WriteError(exception.Message);
    return ExitCode.Refused;
}

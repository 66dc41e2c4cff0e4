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
};

var parsed = root.Parse(args);
if (parsed.Errors is [.., var error])
{
    Consoles.WriteError($"{error.Message} See \"fcn --help\".");
    return ExitCode.Refused;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (OperationCanceledException)
{
    Consoles.WriteError("cancelled.");
    return ExitCode.Cancelled;
}
catch (Exception exception) when (Consoles.IsUsersFault(exception))
{
    Consoles.WriteError(exception.Message);
    return ExitCode.Refused;
}

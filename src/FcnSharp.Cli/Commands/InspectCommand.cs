using System.CommandLine;
using FcnSharp.Cli.Terminal;
using FcnSharp.Tensors;
using FcnSharp.Weights;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>What a file of weights holds, which name map fits, and what would be loaded.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file of weights." };
        var command = new ToolCommand("inspect", "Shows what a file of weights holds and what would be loaded from it. " +
            "Runs no code of the file.", "fcn inspect weights.pth") { file };
        var options = new CheckpointArguments(command);
        return command.Runs((parsed, _) => Run(parsed.GetRequiredValue(file), options.Read(parsed)));
    }

    private static int Run(string path, CheckpointOptions options)
    {
        var inspection = Checkpoint.Inspect(path, options);
        var table = Consoles.Table("tensor", "type", "shape");
        foreach (var tensor in inspection.Tensors)
        {
            table.AddTexts(tensor.Name, tensor.Type.ShortName(), $"({string.Join(", ", tensor.Shape)})");
        }

        Consoles.Out.Write(table);
        Consoles.Out.WriteLine();
        if (inspection.Report is { } report)
        {
            Consoles.Out.Write(new Text(report.ToString()));
            return ExitCode.Done;
        }

        Consoles.WriteError(inspection.Refusal!);
        return ExitCode.Refused;
    }
}

using System.CommandLine;
using FcnSharp.Cli.Graphs;
using FcnSharp.Cli.Models;
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
        var file = new Argument<string>("FILE") { Description = "A file of weights, or a model that \"fcn pull\" has fetched." };
        var graph = new Option<bool>("--graph") { Description = "Print the network that would be loaded instead, operation by operation." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Print that network as a Mermaid flowchart, and nothing else." };
        var command = new ToolCommand(
            "inspect",
            "Shows what a file of weights holds and what would be loaded from it. Runs no code of the file.",
            "fcn inspect weights.pth",
            "fcn inspect weights.pth --graph",
            "fcn inspect weights.pth --mermaid > network.mmd") { file, graph, mermaid };
        command.Validators.Add(result =>
        {
            if (result.GetValue(graph) && result.GetValue(mermaid))
            {
                result.AddError("--graph and --mermaid are two views of one network. Give one of them.");
            }
        });
        var options = new CheckpointArguments(command);
        ModelCache.AddTo(command);
        return command.Runs((parsed, _) =>
        {
            var inspection = Checkpoint.Inspect(ModelCache.Of(parsed).Resolve(parsed.GetRequiredValue(file)), options.Read(parsed));
            Action<CheckpointInspection> show =
                parsed.GetValue(graph) ? ShowGraph : parsed.GetValue(mermaid) ? ShowMermaid : ShowTensors;
            show(inspection);
            if (inspection.Refusal is not { } refusal)
            {
                return ExitCode.Done;
            }

            Consoles.WriteError(refusal);
            return ExitCode.Refused;
        });
    }

    private static void ShowGraph(CheckpointInspection inspection)
    {
        if (inspection.Report is { } report)
        {
            GraphTable.Print(report.Options.ToGraph());
        }
    }

    private static void ShowMermaid(CheckpointInspection inspection)
    {
        if (inspection.Report is { } report)
        {
            Console.Out.Write(MermaidChart.Of(report.Options.ToGraph()));
        }
    }

    private static void ShowTensors(CheckpointInspection inspection)
    {
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
        }
    }
}

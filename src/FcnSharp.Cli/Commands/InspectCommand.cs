using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli.Graphs;
using FcnSharp.Cli.Models;
using FcnSharp.Cli.Terminal;
using FcnSharp.Networks;
using FcnSharp.Support;
using FcnSharp.Tensors;
using FcnSharp.Weights;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Shows the contents of a file of weights, the name map that fits, and what would be loaded.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "A file of weights, or a model that \"fcn pull\" has fetched." };
        var tensors = new Option<bool>("--tensors") { Description = "Also list every tensor of the file." };
        var json = new Option<bool>("--json") { Description = "Print only the contents of the file, as JSON." };
        var graph = new Option<bool>("--graph") { Description = "Print the operations of the network that would be loaded." };
        var mermaid = new Option<bool>("--mermaid") { Description = "Print only a Mermaid flowchart of the network that would be loaded." };
        var command = new ToolCommand(
            "inspect",
            "Shows the contents of a file of weights and what would be loaded from it. Runs no code of the file.",
            "fcn inspect weights.pth",
            "fcn inspect weights.pth --tensors",
            "fcn inspect weights.pth --json > weights.json",
            "fcn inspect weights.pth --graph",
            "fcn inspect weights.pth --mermaid > network.mmd") { file, tensors, json, graph, mermaid };
        command.Validators.Add(result =>
        {
            if (new[] { tensors, json, graph, mermaid }.Count(result.GetValue) > 1)
            {
                result.AddError("--tensors, --json, --graph and --mermaid exclude each other. Give one of them.");
            }
        });
        var options = new CheckpointArguments(command);
        ModelCache.AddTo(command);
        return command.Runs((parsed, _) =>
        {
            var inspection = Checkpoint.Inspect(ModelCache.Of(parsed).Resolve(parsed.GetRequiredValue(file)), options.Read(parsed));
            Action<CheckpointInspection> show = parsed.GetValue(graph) ? ShowGraph
                : parsed.GetValue(mermaid) ? ShowMermaid
                : parsed.GetValue(json) ? shown => Console.Out.WriteLine(InspectionJson.Of(shown).ToText())
                : shown => ShowSummary(shown, parsed.GetValue(tensors));
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

    private static void ShowSummary(CheckpointInspection inspection, bool withTensors)
    {
        if (inspection.Report is { } report)
        {
            Consoles.Out.Write(new Text(report.ToString()));
        }

        if (inspection.Card is { } card)
        {
            foreach (var (what, text) in Facts(card).Where(fact => fact.Text is not null))
            {
                Consoles.Out.WriteLine($"{what}: {FileText.Printable(text!.ReplaceLineEndings(" "))}");
            }
        }

        if (!withTensors)
        {
            Consoles.Out.WriteLine($"{inspection.Tensors.Length} tensors; --tensors lists them");
            return;
        }

        var table = Consoles.Table("tensor", "type", "shape");
        foreach (var tensor in inspection.Tensors)
        {
            table.AddTexts(tensor.Name, tensor.Type.ShortName(), $"({string.Join(", ", tensor.Shape)})");
        }

        Consoles.Out.WriteLine();
        Consoles.Out.Write(table);
    }

    private static (string What, string? Text)[] Facts(ModelCard card) =>
    [
        ("name", card.Name),
        ("classes", card.Classes is { } classes ? string.Join(", ", classes.Select(info => info.Name)) : null),
        ("normalisation", card.Normalization is { } fed
            ? $"(byte / 255 - mean) / deviation, mean {Channels(fed.Mean)}, deviation {Channels(fed.Deviation)}"
            : "unknown: give --normalization"),
        ("working size", card.WorkingSize is { } size
            ? $"{size} pixels, {(card.WorkingSide == WorkingSide.Shorter ? "shorter" : "longer")} side"
            : null),
        ("licence", card.License),
        ("training", card.Training),
        ("scores", card.Scores),
    ];

    private static string Channels(ChannelValues values) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.R},{values.G},{values.B}");
}

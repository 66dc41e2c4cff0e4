using System.CommandLine;
using System.Runtime.InteropServices;
using FcnSharp.Cli.Terminal;
using FcnSharp.Weights;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>What this program is and what it runs on.</summary>
internal static class InfoCommand
{
    public static Command Create() =>
        new ToolCommand("info", "Shows versions, the engine, the bundled network and the formats that are read.", "fcn info").Runs((_, _) =>
    {
        using var predictor = StreetScenes.CreatePredictor();
        var table = Consoles.Table("fcn", ToolVersion.Text);
        table.AddTexts("runtime", RuntimeInformation.FrameworkDescription);
        table.AddTexts("system",
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors");
        table.AddTexts("engine", predictor.EngineDescription);
        table.AddTexts("bundled network", $"{predictor.Card.Name}, {predictor.Classes.Count} classes, for non-commercial use");
        table.AddTexts("formats", string.Join(", ", Enum.GetNames<CheckpointFormat>()));
        table.AddTexts("names", string.Join(", ", NameMap.All.Select(map => map.Name)));
        Consoles.Out.Write(table);
        return ExitCode.Done;
    });
}

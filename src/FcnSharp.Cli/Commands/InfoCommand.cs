using System.CommandLine;
using System.Runtime.InteropServices;
using FcnSharp.Cli.Terminal;
using FcnSharp.Weights;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Shows the version and the environment of the tool.</summary>
internal static class InfoCommand
{
    public static Command Create()
    {
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "info", "Shows versions, the engine, the bundled network and the supported formats.", "fcn info",
            "fcn info --json") { json };
        return command.Runs((parsed, _) =>
        {
            using var predictor = StreetScenes.CreatePredictor();
            var info = new InfoJson(
                1, ToolVersion.Text, RuntimeInformation.FrameworkDescription,
                $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}", Environment.ProcessorCount,
                predictor.EngineDescription, predictor.Card.Name, predictor.Classes.Count, Enum.GetNames<CheckpointFormat>(),
                [.. NameMap.All.Select(map => map.Name)]);
            if (parsed.GetValue(json))
            {
                CommandJson.Print(info, CommandJsonContext.Default.InfoJson);
            }
            else
            {
                Print(info);
            }

            return ExitCode.Done;
        });
    }

    private static void Print(InfoJson info)
    {
        var table = Consoles.Table("fcn", info.Version);
        table.AddTexts("runtime", info.Runtime);
        table.AddTexts("system", $"{info.System}, {info.Processors} processors");
        table.AddTexts("engine", info.Engine);
        table.AddTexts("bundled network", $"{info.Network}, {info.NumClasses} classes, for non-commercial use");
        table.AddTexts("formats", string.Join(", ", info.Formats));
        table.AddTexts("names", string.Join(", ", info.Names));
        Consoles.Out.Write(table);
    }
}

using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli.Models;
using FcnSharp.Cli.Terminal;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Which models can be had by name, and which are there.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "models", "Lists the models that can be fetched by name, and those that are there.", "fcn models",
            "fcn models --cache models") { json };
        ModelCache.AddTo(command);
        return command.Runs((parsed, _) =>
        {
            var place = ModelCache.Of(parsed);
            if (parsed.GetValue(json))
            {
                CommandJson.Print(ModelsJson.Of(place), CommandJsonContext.Default.ModelsJson);
                return ExitCode.Done;
            }

            var table = Consoles.Table("name", "MiB", "for", "licence", "published scores", "here");
            foreach (var model in PublishedModel.All)
            {
                table.AddTexts(
                    model.Name, model.Mebibytes.ToString("F0", CultureInfo.InvariantCulture), model.Purpose, model.License, model.Scores,
                    place.Has(model) ? "yes" : "no");
            }

            Consoles.Out.Write(table);
            Consoles.Out.WriteLine($"folder: {place.Folder}");
            return ExitCode.Done;
        });
    }
}

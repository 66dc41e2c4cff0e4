using System.CommandLine;
using System.Globalization;
using FcnSharp.Cli.Models;
using FcnSharp.Cli.Terminal;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Lists the models that can be fetched, and those that have been.</summary>
internal static class ModelsCommand
{
    public static Command Create()
    {
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "models", "Lists the models that can be fetched by name, and which of them have been fetched.", "fcn models",
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

            var table = Consoles.Table("name", "MiB", "for", "licence", "published scores", "fetched");
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

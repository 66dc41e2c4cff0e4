using System.CommandLine;
using FcnSharp.Cli.Models;
using FcnSharp.Cli.Terminal;
using Spectre.Console;

namespace FcnSharp.Cli.Commands;

/// <summary>Fetches a published model into the cache folder.</summary>
internal static class PullCommand
{
    private const int Mebibyte = 1 << 20;

    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "A name that \"fcn models\" lists." };
        var mirror = new Option<Uri?>("--from")
        {
            HelpName = "URL",
            Description = "The HTTPS address of a folder with the same files. Default: the publisher's.",
            CustomParser = result => Uri.TryCreate($"{result.Tokens[0].Value.TrimEnd('/')}/", UriKind.Absolute, out var address)
                && address.Scheme is "https" or "http"
                ? address
                : Refuse(result, "--from takes an address such as https://mirror.example/models."),
        };
        var json = CommandJson.Option();
        var command = new ToolCommand(
            "pull",
            "Fetches a published model, which --model then finds by its name. An interrupted download is resumed.",
            "fcn pull fcn_resnet50") { name, mirror, json };
        ModelCache.AddTo(command);
        return command.Runs((parsed, cancellationToken) =>
        {
            var wanted = parsed.GetRequiredValue(name);
            var model = PublishedModel.Find(wanted)
                ?? throw new UsageException($"There is no model called {wanted}. \"fcn models\" lists their names.");
            var place = ModelCache.Of(parsed);
            var path = place.PathOf(model);
            var isThere = place.Has(model);
            if (!isThere)
            {
                Fetch(model, parsed.GetValue(mirror) ?? model.Publisher, path, cancellationToken);
            }

            if (parsed.GetValue(json))
            {
                CommandJson.Print(ModelJson.Of(model, place), CommandJsonContext.Default.ModelJson);
            }
            else
            {
                Consoles.Out.WriteLine(isThere ? $"{model.Name} has already been fetched: {path}" : path);
                Consoles.Out.WriteLine($"{model.Purpose}; licence {model.License}; {model.Scores}");
            }

            return ExitCode.Done;
        });
    }

    private static void Fetch(PublishedModel model, Uri publisher, string path, CancellationToken cancellationToken)
    {
        using var download = new ModelDownload();
        ProgressBar.Run($"{model.Name}, MiB", show =>
        {
            download.FetchAsync(
                model, publisher, path, (done, total) => show((int)(done / Mebibyte), (int)(total / Mebibyte), ""), cancellationToken)
                .GetAwaiter().GetResult();
            return path;
        });
    }

    private static Uri? Refuse(System.CommandLine.Parsing.ArgumentResult result, string reason)
    {
        result.AddError(reason);
        return null;
    }
}

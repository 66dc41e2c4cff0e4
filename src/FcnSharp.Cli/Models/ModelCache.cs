using System.CommandLine;

namespace FcnSharp.Cli.Models;

/// <summary>The folder of fetched models.</summary>
internal sealed class ModelCache(string folder)
{
    private static readonly Option<string?> Asked = new("--cache")
    {
        HelpName = "DIR",
        Description = "Folder of fetched models. Default: fcnsharp in XDG_CACHE_HOME or LOCALAPPDATA, or else in ~/.cache.",
    };

    public string Folder => folder;

    /// <summary>Adds the option for the folder to a command.</summary>
    public static void AddTo(Command command) => command.Add(Asked);

    /// <summary>The folder given on the command line, or the system's default.</summary>
    public static ModelCache Of(ParseResult parsed) =>
        new(parsed.GetValue(Asked) ?? Path.Combine(SystemFolder(Environment.GetEnvironmentVariable), "fcnsharp"));

    /// <summary>The system's cache folder.</summary>
    public static string SystemFolder(Func<string, string?> environment)
    {
        foreach (var name in new[] { "XDG_CACHE_HOME", "LOCALAPPDATA" })
        {
            if (environment(name) is { Length: > 0 } folder && Path.IsPathFullyQualified(folder))
            {
                return folder;
            }
        }

        return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
    }

    /// <summary>The path of a model, which need not exist.</summary>
    public string PathOf(PublishedModel model) => Path.Combine(folder, model.File);

    /// <summary>Whether a model has been fetched.</summary>
    public bool Has(PublishedModel model) => File.Exists(PathOf(model));

    /// <summary>Resolves a path of a file, or the name of a fetched model, to a path.</summary>
    /// <exception cref="FileNotFoundException">The model of that name has not been fetched.</exception>
    public string Resolve(string fileOrName)
    {
        if (File.Exists(fileOrName) || PublishedModel.Find(fileOrName) is not { } model)
        {
            return fileOrName;
        }

        return Has(model)
            ? PathOf(model)
            : throw new FileNotFoundException($"{model.Name}: has not been fetched yet. Run \"fcn pull {model.Name}\" first.");
    }
}

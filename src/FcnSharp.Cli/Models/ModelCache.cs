using System.CommandLine;

namespace FcnSharp.Cli.Models;

/// <summary>The folder of fetched files.</summary>
internal sealed class ModelCache(string folder)
{
    private static readonly Option<string?> Asked = new("--cache")
    {
        HelpName = "DIR",
        Description = "Folder of fetched models. Default: fcnsharp in XDG_CACHE_HOME or LOCALAPPDATA, or else in ~/.cache.",
    };

    public string Folder => folder;

    /// <summary>Gives a command the option that names the folder.</summary>
    public static void AddTo(Command command) => command.Add(Asked);

    /// <summary>The folder that was asked for, or that of the system.</summary>
    public static ModelCache Of(ParseResult parsed) =>
        new(parsed.GetValue(Asked) ?? Path.Combine(SystemFolder(Environment.GetEnvironmentVariable), "fcnsharp"));

    /// <summary>Where the system keeps what programs can fetch again.</summary>
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

    /// <summary>Where a model is, or would be.</summary>
    public string PathOf(PublishedModel model) => Path.Combine(folder, model.File);

    /// <summary>Whether a model is there.</summary>
    public bool Has(PublishedModel model) => File.Exists(PathOf(model));

    /// <summary>The file that a user means: an existing one by its path, or a fetched one by its name.</summary>
    /// <exception cref="FileNotFoundException">It is the name of a model that was not fetched.</exception>
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

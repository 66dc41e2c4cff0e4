namespace TrainYourOwn.Output;

/// <summary>Where everything goes.</summary>
internal sealed record ResultFolder(string Root)
{
    public string Model => Path.Combine(Root, "model.safetensors");

    public string Report => Path.Combine(Root, "report.html");

    public string Overlays => Path.Combine(Root, "overlays");

    /// <summary>Checkpoints, curves and sample predictions: the trainer's own folder.</summary>
    public string Run => Path.Combine(Root, "run");

    public string Scenes => Path.Combine(Root, "scenes");

    public bool HasRun => Directory.Exists(Run) && Directory.EnumerateFiles(Run, "checkpoint-*.safetensors").Any();

    public bool IsFinished => HasRun && File.Exists(Model);

    public static ResultFolder For(Settings settings) => new(settings.Out ?? (settings.IsDemo ? DemoFolder() : "trained"));

    /// <summary>
    /// Refuses to go on with a run that nobody asked to go on with, and to begin one where another is meant. The trainer alone would go on.
    /// A finished run on the drawn scenes is made anew: it takes a minute.
    /// </summary>
    public void Claim(Settings settings)
    {
        if (settings.Resume && !HasRun)
        {
            throw new ArgumentException($"{Root}: there is no run to go on with. Check --out, or leave --resume out to start one.");
        }

        if (settings.IsDemo && !settings.Resume && IsFinished)
        {
            Directory.Delete(Run, recursive: true);
        }
        else if (!settings.Resume && HasRun)
        {
            throw new ArgumentException(IsFinished
                ? $"{Root}: holds a finished run; its model is {Model}. Give another folder with --out, or delete this one."
                : $"{Root}: holds a run that was stopped. Add --resume to go on with it, or give another folder with --out.");
        }

        Directory.CreateDirectory(Root);
    }

    /// <summary>"out" beside the project file that the program was built from; a published program, which has none, writes it beside
    /// itself.</summary>
    private static string DemoFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TrainYourOwn.csproj")))
        {
            folder = folder.Parent;
        }

        return Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "out"));
    }
}

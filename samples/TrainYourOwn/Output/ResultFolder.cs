namespace TrainYourOwn.Output;

/// <summary>The folder of all results.</summary>
internal sealed record ResultFolder(string Root)
{
    public string Model => Path.Combine(Root, "model.safetensors");

    public string Report => Path.Combine(Root, "report.html");

    public string Overlays => Path.Combine(Root, "overlays");

    /// <summary>The trainer's folder: checkpoints, curves and sample predictions.</summary>
    public string Run => Path.Combine(Root, "run");

    public string Scenes => Path.Combine(Root, "scenes");

    public bool HasRun => Directory.Exists(Run) && Directory.EnumerateFiles(Run, "checkpoint-*.safetensors").Any();

    public bool IsFinished => HasRun && File.Exists(Model);

    public static ResultFolder For(Settings settings) => new(settings.Out ?? (settings.IsDemo ? DemoFolder() : "trained"));

    /// <summary>
    /// Creates the folder. Refuses to continue a run without --resume, which the trainer would do, and to start a run with --resume. A
    /// finished run on the drawn scenes is repeated, which takes a minute.
    /// </summary>
    public void Claim(Settings settings)
    {
        if (settings.Resume && !HasRun)
        {
            throw new ArgumentException($"{Root}: there is no run to resume. Check --out, or omit --resume to start a run.");
        }

        if (settings.IsDemo && !settings.Resume && IsFinished)
        {
            Directory.Delete(Run, recursive: true);
        }
        else if (!settings.Resume && HasRun)
        {
            throw new ArgumentException(IsFinished
                ? $"{Root}: contains a finished run; its model is {Model}. Give another folder with --out, or delete this one."
                : $"{Root}: contains a stopped run. Add --resume to continue it, or give another folder with --out.");
        }

        Directory.CreateDirectory(Root);
    }

    /// <summary>The folder "out" beside the project file; beside the program if it was published, since there is no project file.</summary>
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

namespace SegmentImage;

/// <summary>A picture and the folder of its results.</summary>
internal sealed record Job(string Picture, string Folder)
{
    /// <summary>A job for each argument; without arguments, one for the bundled picture.</summary>
    public static IEnumerable<Job> FromArguments(string[] arguments) =>
        arguments.Length == 0
            ? [new Job(Path.Combine(AppContext.BaseDirectory, "leuven.jpg"), BundledOutputFolder())]
            : arguments.Select(picture => new Job(picture, Path.GetDirectoryName(Path.GetFullPath(picture))!));

    /// <summary>The path of a result, such as <c>street-overlay.png</c> for <c>street.jpg</c>.</summary>
    public string Output(string kind) => Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(Picture)}-{kind}.png");

    /// <summary>The folder "out" beside the project file; beside the program if it was published, since there is no project file.</summary>
    private static string BundledOutputFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "SegmentImage.csproj")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, "out");
    }
}

namespace SegmentImage;

/// <summary>One picture and where its results go.</summary>
internal sealed record Job(string Picture, string Folder)
{
    /// <summary>A job for each argument, or the bundled picture without arguments.</summary>
    public static IEnumerable<Job> FromArguments(string[] arguments) =>
        arguments.Length == 0
            ? [new Job(Path.Combine(AppContext.BaseDirectory, "leuven.jpg"), BundledOutputFolder())]
            : arguments.Select(picture => new Job(picture, Path.GetDirectoryName(Path.GetFullPath(picture))!));

    /// <summary>Path of one result: <c>street.jpg</c> gives <c>street-overlay.png</c>.</summary>
    public string Output(string kind) => Path.Combine(Folder, $"{Path.GetFileNameWithoutExtension(Picture)}-{kind}.png");

    /// <summary>"out" beside the project file that the program was built from; a published program, which has none, writes it beside
    /// itself.</summary>
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

namespace FcnSharp.RepositoryTests;

/// <summary>Paths of the repository's files.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Release or Debug, as these tests were built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Source files below a folder, without build outputs; paths relative to the folder, with forward slashes.</summary>
    public static IEnumerable<string> SourceFiles(string folder) =>
        Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FcnSharp.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}

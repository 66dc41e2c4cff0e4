namespace FcnSharp.Tests.Support;

/// <summary>Checkpoints as other tools write them, and malicious files.</summary>
internal static class CheckpointFiles
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Files");

    /// <summary>The full path of a file.</summary>
    public static string At(string name) => Path.Combine(Folder, name);

    /// <summary>Names of the files whose names start with a prefix.</summary>
    public static IEnumerable<string> StartingWith(string prefix) =>
        Directory.GetFiles(Folder, $"{prefix}*").Select(path => Path.GetFileName(path)).Order();
}

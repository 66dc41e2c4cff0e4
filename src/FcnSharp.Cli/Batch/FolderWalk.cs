namespace FcnSharp.Cli.Batch;

/// <summary>Finds the files below a folder.</summary>
internal static class FolderWalk
{
    private static readonly EnumerationOptions Visible = new()
    {
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
        IgnoreInaccessible = false,
    };

    /// <summary>
    /// Returns every file that is not hidden: first the files of a folder, then those of its subfolders, names in ordinal order. Links to
    /// folders are not followed. Memory holds the names of one folder at a time.
    /// </summary>
    /// <param name="root">The folder to start from.</param>
    /// <param name="except">The full path of a folder to skip.</param>
    /// <param name="depth">Number of levels to search; 1 means only the files of <paramref name="root"/>.</param>
    public static IEnumerable<string> Files(string root, string? except, int depth = int.MaxValue)
    {
        var folders = new Stack<(string Path, int Depth)>([(root, depth)]);
        while (folders.TryPop(out var folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder.Path, "*", Visible).Order(StringComparer.Ordinal))
            {
                yield return file;
            }

            if (folder.Depth == 1)
            {
                continue;
            }

            foreach (var inner in Directory.EnumerateDirectories(folder.Path, "*", Visible).OrderDescending(StringComparer.Ordinal))
            {
                if (new DirectoryInfo(inner).LinkTarget is null
                    && !string.Equals(Path.GetFullPath(inner), except, StringComparison.Ordinal))
                {
                    folders.Push((inner, folder.Depth - 1));
                }
            }
        }
    }
}

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
    /// Every file that is not hidden, a folder's own files first, names in ordinal order. Links to folders are not followed.
    /// Holds the names of one folder at a time.
    /// </summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="except">The full path of a folder to leave out.</param>
    /// <param name="depth">How many folders deep to look, 1 for the files of <paramref name="root"/> alone.</param>
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

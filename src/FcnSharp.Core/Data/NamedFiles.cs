using System.Diagnostics.CodeAnalysis;
using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>The picture files of a folder and its subfolders by name: <c>train/street_L.png</c> with the suffix <c>_L</c> is
/// <c>train/street</c>.</summary>
internal sealed class NamedFiles
{
    private static readonly string[] Endings = [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif"];

    private readonly string folder;
    private readonly string suffix;
    private readonly Dictionary<string, string> paths = new(StringComparer.Ordinal);

    /// <summary>Lists the files.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="suffix">Suffix of the files to list, before the extension; empty for none.</param>
    /// <param name="isOther">Returns whether a file, given by its path and its name with the suffix, is to be skipped.</param>
    /// <exception cref="DatasetException">The folder is missing, or two files have the same name.</exception>
    public NamedFiles(string folder, string suffix, Func<string, string, bool>? isOther = null)
    {
        (this.folder, this.suffix) = (folder, suffix);
        if (!Directory.Exists(folder))
        {
            throw new DatasetException(
                DatasetFault.Layout, folder, "there is no such folder.", "Check the path and the layout of the data set.");
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var stem = WithoutEnding(Path.GetRelativePath(folder, path).Replace('\\', '/'));
            if (stem is not null && stem.EndsWith(suffix, StringComparison.Ordinal) && isOther?.Invoke(path, stem) is not true)
            {
                Add(stem[..^suffix.Length], path);
            }
        }
    }

    public IEnumerable<string> Names => paths.Keys;

    /// <summary>The path of a name's file; for a missing file, the path where it was expected.</summary>
    public string PathOf(string name) => paths.GetValueOrDefault(name) ?? Path.Combine(folder, $"{name}{suffix}.*");

    /// <summary>Whether there is a file of that name.</summary>
    public bool TryGetPath(string name, [NotNullWhen(true)] out string? path) => paths.TryGetValue(name, out path);

    /// <summary>Removes the extension of a picture file.</summary>
    /// <returns>The name; null for hidden files and for files without the extension of a picture.</returns>
    public static string? WithoutEnding(string path)
    {
        var ending = Path.GetExtension(path);
        return Endings.Contains(ending, StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(path).StartsWith('.')
            ? path[..^ending.Length]
            : null;
    }

    private void Add(string name, string path)
    {
        if (!paths.TryAdd(name, path))
        {
            throw new DatasetException(
                DatasetFault.Layout, path, Guard.Text($"has the same name as {paths[name]}, so the name is ambiguous."),
                "Remove or rename one of them.");
        }
    }
}

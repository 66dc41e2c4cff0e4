using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Reads a list of sample names: one per line, with or without the extension of a picture file; empty lines are
/// ignored.</summary>
internal static class NameList
{
    private const int LongestLine = 1024;
    private const int MostLines = 120_000;

    private const string Fix = "Write one name per line, such as \"street_001\", as plain text.";

    /// <exception cref="DatasetException">The file is missing, is not a text of short lines, has no names, or has a duplicate
    /// name.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!Path.Exists(path))
        {
            throw Layout(path, "there is no such list of names.", "Check the path and the name of the split.");
        }

        var names = new List<string>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        using var stream = Open(path);
        using var reader = new StreamReader(stream);
        foreach (var (number, line) in TextLines.Read(reader, LongestLine, MostLines, reason => Layout(path, reason, Fix)))
        {
            var text = line.Trim().Replace('\\', '/');
            if (text.Length == 0)
            {
                continue;
            }

            var name = NamedFiles.WithoutEnding(text) ?? text;
            if (!lines.TryAdd(name, number))
            {
                throw Layout(
                    path, Guard.Text($"names \"{FileText.Shown(name)}\" twice, in lines {lines[name]} and {number}."),
                    "Remove one of the lines.");
            }

            names.Add(name);
        }

        return names.Count > 0 ? names : throw Layout(path, "contains no names.", Fix);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return InputFile.Open(path, (reason, remedy) => Layout(path, reason, remedy));
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or (IOException and not DatasetException))
        {
            throw new DatasetException(
                DatasetFault.Layout, path, "cannot be opened.", "Check its permissions, and that no other program holds it.", exception);
        }
    }

    private static DatasetException Layout(string path, string problem, string fix) => new(DatasetFault.Layout, path, problem, fix);
}

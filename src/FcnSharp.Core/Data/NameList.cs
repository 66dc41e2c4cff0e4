using FcnSharp.Support;

namespace FcnSharp.Data;

/// <summary>Reads a list of sample names: one a line, with or without the ending of a picture file; empty lines do not count.</summary>
internal static class NameList
{
    /// <exception cref="DatasetException">The file is missing, has no names, or has one twice.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new DatasetException(
                DatasetFault.Layout, path, "there is no such list of names.", "Check the path and the name of the split.");
        }

        var names = new List<string>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var text = line.Trim().Replace('\\', '/');
            if (text.Length == 0)
            {
                continue;
            }

            var name = NamedFiles.WithoutEnding(text) ?? text;
            if (!lines.TryAdd(name, number))
            {
                throw new DatasetException(
                    DatasetFault.Layout, path, Guard.Text($"names \"{name}\" twice, in lines {lines[name]} and {number}."),
                    "Remove one of the lines.");
            }

            names.Add(name);
        }

        return names.Count > 0
            ? names
            : throw new DatasetException(
                DatasetFault.Layout, path, "has no names in it.", "Write one name a line, such as \"street_001\".");
    }
}

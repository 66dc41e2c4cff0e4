namespace FcnSharp.Cli.Terminal;

/// <summary>Suggests the correct spelling of an unknown name.</summary>
internal static class Suggestion
{
    /// <summary>A sentence that follows a message, with a space before it; empty if no name is similar.</summary>
    /// <param name="written">The unknown name.</param>
    /// <param name="names">The existing names.</param>
    public static string For(string written, IEnumerable<string> names)
    {
        var limit = Math.Max(1, written.Trim('-').Length / 3);
        var nearest = names.Where(name => Distance(written, name) <= limit).MinBy(name => Distance(written, name));
        return nearest is null ? "" : $" Did you mean {nearest}?";
    }

    /// <summary>The optimal string alignment distance: the number of insertions, deletions, replacements and swaps of neighbouring
    /// characters.</summary>
    private static int Distance(string left, string right)
    {
        var (before, last, row) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var j = 0; j <= right.Length; j++)
        {
            last[j] = j;
        }

        for (var i = 1; i <= left.Length; i++)
        {
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                }
            }

            (before, last, row) = (last, row, before);
        }

        return last[right.Length];
    }
}

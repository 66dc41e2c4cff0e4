namespace FcnSharp.Support;

/// <summary>Reads the lines of a text that may be anything, in bounded memory.</summary>
internal static class TextLines
{
    /// <summary>
    /// The lines and their numbers, from 1. None is longer than <paramref name="longest"/> characters, and none has a control character but
    /// tabs.
    /// </summary>
    /// <param name="reader">The text; ends of lines are LF, CR LF or CR.</param>
    /// <param name="longest">Characters of a line, at most.</param>
    /// <param name="most">Lines, at most.</param>
    /// <param name="refuse">Makes the exception for another text, from the reason.</param>
    public static IEnumerable<(int Number, string Text)> Read(TextReader reader, int longest, int most, Func<string, Exception> refuse)
    {
        var line = new char[longest];
        for (var (number, length) = (1, 0); ; number++, length = 0)
        {
            var next = reader.Read();
            for (; next is not (< 0 or '\n' or '\r'); next = reader.Read())
            {
                if (char.IsControl((char)next) && next != '\t')
                {
                    throw refuse(Guard.Text($"line {number} has the control character U+{next:X4}, so this is no list."));
                }

                if (length == longest)
                {
                    throw refuse(Guard.Text($"line {number} has more than {longest} characters."));
                }

                line[length++] = (char)next;
            }

            if (next >= 0 || length > 0)
            {
                yield return number <= most
                    ? (number, new string(line, 0, length))
                    : throw refuse(Guard.Text($"has more than {most} lines."));
            }

            if (next < 0)
            {
                yield break;
            }

            if (next == '\r' && reader.Peek() == '\n')
            {
                _ = reader.Read();
            }
        }
    }
}

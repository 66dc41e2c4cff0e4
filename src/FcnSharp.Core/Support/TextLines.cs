namespace FcnSharp.Support;

/// <summary>Reads the lines of an untrusted text in bounded memory.</summary>
internal static class TextLines
{
    /// <summary>
    /// The lines and their numbers, from 1. No line is longer than <paramref name="longest"/> characters or contains a control character
    /// other than a tab.
    /// </summary>
    /// <param name="reader">The text; lines end in LF, CR LF or CR.</param>
    /// <param name="longest">The most characters of a line.</param>
    /// <param name="most">The most lines.</param>
    /// <param name="refuse">Makes the exception, from the reason, for a text that breaks these rules.</param>
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
                    throw refuse(Guard.Text($"line {number} has the control character U+{next:X4}, so this is not a text file."));
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

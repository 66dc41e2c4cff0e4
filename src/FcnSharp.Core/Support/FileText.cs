using System.Globalization;

namespace FcnSharp.Support;

/// <summary>
/// Makes text from a file, or a file's name, safe for a message: the text may be arbitrarily long and contain control characters.
/// </summary>
internal static class FileText
{
    /// <summary>The longest message about a file, in characters.</summary>
    public const int MaxMessage = 400;

    /// <summary>Characters reserved for the path in a message, however long the rest is.</summary>
    private const int MinPath = 120;

    private const int MaxSizes = 9;
    private const string Ellipsis = "…";
    private const string Gap = " … ";

    /// <summary>The beginning of the text, printable; an ellipsis follows if the text was cut.</summary>
    /// <param name="text">What was read.</param>
    /// <param name="longest">Characters to show, without the ellipsis.</param>
    public static string Shown(string text, int longest = 80) =>
        Printable(text.Length <= longest ? text : text[..longest] + Ellipsis);

    /// <summary>A shape as <c>(21, 512, 1, 1)</c>, cut after nine sizes.</summary>
    public static string Shape<T>(IEnumerable<T> sizes) => Shown($"({string.Join(", ", sizes.Take(MaxSizes))})");

    /// <summary>Untrusted text as one printable line. Text above the limit loses its middle, so that the advice at its end
    /// remains.</summary>
    public static string Line(string text, int longest = MaxMessage)
    {
        var end = longest / 3;
        return Printable(text.Length <= longest ? text : text[..(longest - end - Gap.Length)] + Gap + text[^end..]);
    }

    /// <summary>
    /// "path: reason" in one printable line of at most <see cref="MaxMessage"/> characters. A path that is too long loses its beginning;
    /// a reason that is too long loses its middle.
    /// </summary>
    public static string Message(string path, string reason)
    {
        const string colon = ": ";
        var line = Line(reason, MaxMessage - colon.Length - Math.Min(path.Length, MinPath));
        var room = MaxMessage - colon.Length - line.Length;
        return Printable(path.Length <= room ? path : Ellipsis + path[^(room - Ellipsis.Length)..]) + colon + line;
    }

    /// <summary>The text with a question mark for every character that is not printable.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (shown, text) =>
    {
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = IsPrintable(text[i]) ? text[i] : '?';
        }
    });

    /// <summary>False for characters that move the cursor, break the line or change the direction of the text.</summary>
    public static bool IsPrintable(char letter) => char.GetUnicodeCategory(letter)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

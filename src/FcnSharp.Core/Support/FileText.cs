using System.Globalization;

namespace FcnSharp.Support;

/// <summary>
/// Makes text that was read from a file, or a file's name, fit for a message: it may be arbitrarily long and contain control characters.
/// </summary>
internal static class FileText
{
    /// <summary>The longest message about a file, in characters.</summary>
    public const int MaxMessage = 400;

    /// <summary>Characters that a path keeps in a message, however long the rest is.</summary>
    private const int MinPath = 120;

    private const int MaxSizes = 9;
    private const string Ellipsis = "…";
    private const string Gap = " … ";

    /// <summary>The text's beginning, printable; an ellipsis follows where something is left out.</summary>
    /// <param name="text">What was read.</param>
    /// <param name="longest">Characters to show, without the ellipsis.</param>
    public static string Shown(string text, int longest = 80) =>
        Printable(text.Length <= longest ? text : text[..longest] + Ellipsis);

    /// <summary>A shape as <c>(21, 512, 1, 1)</c>, as far as it is short.</summary>
    public static string Shape<T>(IEnumerable<T> sizes) => Shown($"({string.Join(", ", sizes.Take(MaxSizes))})");

    /// <summary>Sentences that may hold any text, as one line. What is too long loses its middle, so that the advice at the end
    /// stays.</summary>
    public static string Line(string text, int longest = MaxMessage)
    {
        var end = longest / 3;
        return Printable(text.Length <= longest ? text : text[..(longest - end - Gap.Length)] + Gap + text[^end..]);
    }

    /// <summary>
    /// "path: reason" in one printable line of at most <see cref="MaxMessage"/> characters. Too long a path loses its beginning, too long
    /// a reason its middle.
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

    /// <summary>False for what moves the cursor, breaks the line or turns the direction of the text.</summary>
    public static bool IsPrintable(char letter) => char.GetUnicodeCategory(letter)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}

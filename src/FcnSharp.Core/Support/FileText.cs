namespace FcnSharp.Support;

/// <summary>
/// Makes text that was read from a file, or a file's name, fit for a message: it may be arbitrarily long and contain control characters.
/// </summary>
internal static class FileText
{
    /// <summary>Characters that a message about a file has at most.</summary>
    public const int LongestMessage = 400;

    /// <summary>Characters that a path keeps in a message, however long the rest is.</summary>
    private const int ShortestPath = 120;

    private const char Ellipsis = '…';

    /// <summary>The text with a question mark for every control character and line separator.</summary>
    public static string Printable(string text) => string.Create(text.Length, text, static (shown, text) =>
    {
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029' ? '?' : text[i];
        }
    });

    /// <summary>The text's beginning, printable; an ellipsis follows where something is left out.</summary>
    /// <param name="text">What was read.</param>
    /// <param name="longest">Characters to show, without the ellipsis.</param>
    public static string Shown(string text, int longest = 80) =>
        text.Length <= longest ? Printable(text) : Printable(text[..longest]) + Ellipsis;

    /// <summary>
    /// "path: reason" in one printable line of at most <see cref="LongestMessage"/> characters. Too long a path loses its beginning, too
    /// long a reason its end.
    /// </summary>
    public static string Message(string path, string reason)
    {
        const string colon = ": ";
        var shownReason = Shown(reason, LongestMessage - colon.Length - Math.Min(path.Length, ShortestPath) - 1);
        var room = LongestMessage - colon.Length - shownReason.Length;
        var shownPath = Printable(path.Length <= room ? path : Ellipsis + path[^(room - 1)..]);
        return shownPath + colon + shownReason;
    }
}

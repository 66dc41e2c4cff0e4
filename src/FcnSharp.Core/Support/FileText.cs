namespace FcnSharp.Support;

/// <summary>Text that was read from a file, made fit for a message: a damaged or hostile file may hold any of any length.</summary>
internal static class FileText
{
    private const int Longest = 80;

    /// <summary>The text's beginning, up to 80 characters, with a question mark for every control character.</summary>
    public static string Shown(string text) => Shown(text, Longest);

    /// <summary>The text's beginning, up to <paramref name="longest"/> characters, with a question mark for every control
    /// character.</summary>
    public static string Shown(string text, int longest)
    {
        var start = text.Length <= longest ? text : text[..longest] + "…";
        return string.Create(start.Length, start, static (shown, text) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(text[i]) ? '?' : text[i];
            }
        });
    }
}

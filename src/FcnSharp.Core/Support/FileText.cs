using System.Globalization;

namespace FcnSharp.Support;

/// <summary>Text that was read from a file, made fit for a message: a damaged or hostile file may hold any of any length.</summary>
internal static class FileText
{
    /// <summary>The longest message about a file, in characters.</summary>
    public const int MaxMessage = 400;

    private const int MaxPart = 80;
    private const int MaxSizes = 9;
    private const string Gap = " … ";

    /// <summary>The text's beginning, up to 80 characters, with a question mark for every character that is not printable.</summary>
    public static string Shown(string text) => Printable(text.Length <= MaxPart ? text : text[..MaxPart] + "…");

    /// <summary>A shape as <c>(21, 512, 1, 1)</c>, as far as it is short.</summary>
    public static string Shape<T>(IEnumerable<T> sizes) => Shown($"({string.Join(", ", sizes.Take(MaxSizes))})");

    /// <summary>Sentences that may hold any text, as one line. What is too long loses its middle, so that the advice at the end
    /// stays.</summary>
    public static string Line(string text, int longest = MaxMessage)
    {
        var end = longest / 3;
        return Printable(text.Length <= longest ? text : text[..(longest - end - Gap.Length)] + Gap + text[^end..]);
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

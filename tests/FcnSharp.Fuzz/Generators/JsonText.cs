using System.Globalization;
using System.Text;

namespace FcnSharp.Fuzz.Generators;

/// <summary>Writes JSON that may break the rules of JSON.</summary>
internal static class JsonText
{
    /// <summary>A text in quotes; an odd one may lack its escapes.</summary>
    public static string Quote(Dice dice, string text)
    {
        if (dice.Odd())
        {
            return dice.Pick($"\"{text}\"", $"\"{text}", "\"\\u0000\\ud800\"", "\"\\", "null", "true");
        }

        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            quoted.Append(letter is '"' or '\\' || char.IsControl(letter) || char.IsSurrogate(letter)
                ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}")
                : letter);
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>An integer, or another value instead.</summary>
    public static string Number(Dice dice, long number) => dice.Odd()
        ? dice.Pick("-0", "1e99", "1E5", "0.5", "00", "NaN", "\"4\"", "[]", "null", "99999999999999999999", Text(dice.Edge()))
        : Text(number);

    public static string List(IEnumerable<string> elements) => $"[{string.Join(',', elements)}]";

    /// <summary>An object; an odd one has an unknown member, a duplicate member, or no closing brace.</summary>
    public static string Object(Dice dice, List<string> members)
    {
        if (dice.Odd() && members.Count > 0)
        {
            members.Add(dice.Pick(members[dice.Below(members.Count)], "", "\"x\":{}", "\"x\"", Nested(dice)));
        }

        return $"{{{string.Join(dice.Odd() ? ";" : ",", members)}{(dice.Odd() ? dice.Pick("", "}}", "]") : "}")}";
    }

    private static string Nested(Dice dice)
    {
        var depth = dice.Size(20_000);
        return $"\"x\":{new string('[', depth)}{new string(']', depth)}";
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

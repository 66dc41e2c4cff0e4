using System.Globalization;

namespace FcnSharp.Imaging;

/// <summary>An opaque sRGB colour.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
public readonly record struct RgbColor(byte R, byte G, byte B)
{
    /// <summary>Reads <c>#rrggbb</c>: a number sign and six hexadecimal digits, upper or lower case.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> has another form.</exception>
    public static RgbColor Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var color)
            ? color
            : throw new FormatException($"Expected a colour as #rrggbb, such as #ff8000, but got \"{text}\".");
    }

    /// <summary>Reads <c>#rrggbb</c> as <see cref="Parse"/> does, without an exception.</summary>
    /// <returns>Whether <paramref name="text"/> was a colour; if not, <paramref name="color"/> is black.</returns>
    public static bool TryParse(string? text, out RgbColor color)
    {
        color = default;
        if (text is not { Length: 7 } || text[0] != '#'
            || !uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }

        color = new RgbColor((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }

    /// <summary>The colour as <c>#rrggbb</c>, in lower case.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");
}

using System.Text;
using SkiaSharp;

namespace FcnSharp.Imaging;

/// <summary>Measures and draws text in the built-in font; characters that it lacks are drawn in system fonts, if there are any.</summary>
/// <remarks>Without hinting and kerning, so that text has the same width on every system. Not thread-safe.</remarks>
internal sealed class LegendText : IDisposable
{
    private const string Ellipsis = "…";

    // Shared and never disposed: Skia's glyph cache would keep the 300 kB of every further instance alive.
    private static readonly Lazy<SKTypeface> BuiltIn = new(LoadBuiltIn);

    private readonly SKFont font;
    private readonly Dictionary<Rune, SKFont?> fallbacks = [];

    public LegendText(float size) => font = MakeFont(BuiltIn.Value, size);

    /// <summary>The size of the text, in pixels.</summary>
    public float Size => font.Size;

    /// <summary>The height of a capital letter, in pixels.</summary>
    public float CapHeight => font.Metrics.CapHeight;

    /// <summary>The width of a text, in pixels.</summary>
    public float Measure(string text)
    {
        var width = 0f;
        foreach (var rune in text.EnumerateRunes())
        {
            width += FontOf(rune).MeasureText(rune.ToString());
        }

        return width;
    }

    /// <summary>Cuts a text that is wider than <paramref name="width"/> pixels and ends it with an ellipsis.</summary>
    public string Shorten(string text, float width)
    {
        var room = width - Measure(Ellipsis);
        var (used, fits) = (0f, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += FontOf(rune).MeasureText(rune.ToString());
            if (used > width)
            {
                return text[..fits].TrimEnd() + Ellipsis;
            }

            fits += used <= room ? rune.Utf16SequenceLength : 0;
        }

        return text;
    }

    /// <summary>Draws a text with its left end at <paramref name="x"/> and its baseline at <paramref name="y"/>.</summary>
    public void Draw(SKCanvas canvas, string text, float x, float y, SKColor color)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        foreach (var rune in text.EnumerateRunes())
        {
            var glyph = rune.ToString();
            canvas.DrawText(glyph, x, y, SKTextAlign.Left, FontOf(rune), paint);
            x += FontOf(rune).MeasureText(glyph);
        }
    }

    public void Dispose()
    {
        foreach (var fallback in fallbacks.Values)
        {
            fallback?.Dispose();
        }

        font.Dispose();
    }

    private static SKTypeface LoadBuiltIn()
    {
        using var resource = typeof(LegendText).Assembly.GetManifestResourceStream("Roboto-Regular.ttf")!;
        using var data = SKData.Create(resource);
        return SKTypeface.FromData(data);
    }

    private static SKFont MakeFont(SKTypeface typeface, float size) => new(typeface, size)
    {
        Edging = SKFontEdging.Antialias,
        Hinting = SKFontHinting.None,
        Subpixel = true,
        LinearMetrics = true,
    };

    private SKFont FontOf(Rune rune)
    {
        if (font.ContainsGlyph(rune.Value))
        {
            return font;
        }

        if (!fallbacks.TryGetValue(rune, out var fallback))
        {
            // Not disposed: Skia returns the same typeface object to every thread.
            var match = SKFontManager.Default.MatchCharacter(rune.Value);
            fallback = match is null ? null : MakeFont(match, Size);
            fallbacks.Add(rune, fallback);
        }

        return fallback ?? font;
    }
}

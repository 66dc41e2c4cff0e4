using System.Net;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Formats HTML fragments, independent of the culture.</summary>
internal static class Html
{
    /// <summary>Shown in place of a ratio with a zero denominator.</summary>
    public const string Dash = "–";

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Formats markup; untrusted text must be escaped with <see cref="Escape"/> first.</summary>
    public static string Format(InvariantText markup) => markup.ToStringAndClear();

    /// <summary>A fraction to three decimals, or a dash.</summary>
    public static string Score(double? value) => value is { } number ? Format($"{number:F3}") : Dash;

    /// <summary>A share in percent; a small share is shown as &lt;0.1 %, not as 0 %.</summary>
    public static string Percent(double share) => share switch
    {
        0 => "0 %",
        < 0.0005 => "&lt;0.1 %",
        _ => Format($"{100 * share:F1} %"),
    };

    /// <summary>A picture as a data URI, lossy.</summary>
    public static string DataUri(RgbImage picture) => DataUri("image/webp", stream => picture.Write(stream, ImageFormat.WebP, quality: 80));

    /// <summary>A label map as a data URI, lossless.</summary>
    public static string DataUri(LabelMap labels, Palette palette) => DataUri("image/png", stream => labels.Write(stream, palette));

    private static string DataUri(string type, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return $"data:{type};base64,{Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length)}";
    }
}

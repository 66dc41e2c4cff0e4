using System.Net;
using FcnSharp.Imaging;
using FcnSharp.Support;

namespace FcnSharp.Evaluation;

/// <summary>Pieces of HTML, the same in every culture.</summary>
internal static class Html
{
    /// <summary>What stands where a number would be nothing over nothing.</summary>
    public const string Dash = "–";

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Formats markup; texts from outside go through <see cref="Escape"/> first.</summary>
    public static string Format(InvariantText markup) => markup.ToStringAndClear();

    /// <summary>A fraction to three decimals, or a dash.</summary>
    public static string Score(double? value) => value is { } number ? Format($"{number:F3}") : Dash;

    /// <summary>A share in percent, never 0 for what is there.</summary>
    public static string Percent(double share) => share switch
    {
        0 => "0 %",
        < 0.0005 => "&lt;0.1 %",
        _ => Format($"{100 * share:F1} %"),
    };

    /// <summary>A picture as part of the page, lossy.</summary>
    public static string DataUri(RgbImage picture) => DataUri("image/webp", stream => picture.Write(stream, ImageFormat.WebP, quality: 80));

    /// <summary>A class map as part of the page, in exact colours.</summary>
    public static string DataUri(LabelMap labels, Palette palette) => DataUri("image/png", stream => labels.Write(stream, palette));

    private static string DataUri(string type, Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return $"data:{type};base64,{Convert.ToBase64String(stream.GetBuffer(), 0, (int)stream.Length)}";
    }
}

using System.Net;
using FcnSharp.Support;

namespace FcnSharp.Evaluation.Charts;

/// <summary>An SVG picture without a background, with colours for light and dark pages.</summary>
/// <param name="width">The width in pixels.</param>
/// <param name="height">The height in pixels.</param>
/// <param name="title">The accessible name.</param>
/// <param name="description">The content in a sentence; empty if the title is enough.</param>
internal sealed class SvgPicture(int width, int height, string title, string description = "")
{
    private readonly List<string> elements = [];

    /// <summary>The CSS of the classes, for pages that contain such pictures.</summary>
    public static string Css { get; } = EmbeddedText.Read("chart.css");

    /// <summary>Adds a text.</summary>
    /// <param name="x">The start, end or middle of the text, depending on the class.</param>
    /// <param name="y">The base line.</param>
    /// <param name="kind">CSS classes, such as <c>title</c> or <c>end</c>.</param>
    /// <param name="text">The text, not escaped.</param>
    public void Text(double x, double y, string kind, string text) =>
        elements.Add(Guard.Text($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{WebUtility.HtmlEncode(text)}</text>"));

    public void Bar(double x, double y, string kind, double length, double thickness) => elements.Add(
        Guard.Text($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{length:F1}\" height=\"{thickness:0.#}\" rx=\"2\"/>"));

    public void Line(double x1, double y1, double x2, double y2, string kind) =>
        elements.Add(Guard.Text($"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>"));

    public void Curve(IEnumerable<(double X, double Y)> points, string kind) => elements.Add(
        $"<polyline class=\"{kind}\" points=\"{string.Join(' ', points.Select(point => Guard.Text($"{point.X:0.#},{point.Y:0.#}")))}\"/>");

    public void Dot(double x, double y) => elements.Add(Guard.Text($"<circle class=\"dot\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.5\"/>"));

    /// <summary>The picture as a file, with its CSS.</summary>
    public string ToFile() => Compose(" xmlns=\"http://www.w3.org/2000/svg\"", $"<style>\n{Css}</style>\n");

    /// <summary>The picture as a part of a page that has <see cref="Css"/>.</summary>
    public string ToMarkup() => Compose("", "");

    private string Compose(string attribute, string style)
    {
        var head = Guard.Text(
            $"<svg{attribute} class=\"chart\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n");
        var told = description.Length > 0 ? $"<desc>{WebUtility.HtmlEncode(description)}</desc>\n" : "";
        return $"{head}<title>{WebUtility.HtmlEncode(title)}</title>\n{told}{style}{string.Join('\n', elements)}\n</svg>\n";
    }
}

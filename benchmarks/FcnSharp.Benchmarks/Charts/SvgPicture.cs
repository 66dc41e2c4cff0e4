using System.Security;

namespace FcnSharp.Benchmarks.Charts;

/// <summary>An SVG picture without a background, with a few styles of text and line whose colours suit light and dark pages.</summary>
internal sealed class SvgPicture(int width, int height, string title)
{
    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #1f2328 } .name { text-anchor: end } .middle { text-anchor: middle }
        .title { font-weight: 600; font-size: 15px } .heading { font-size: 11px; fill: #59636e } .ours { fill: #0969da }
        .other { fill: #818b98 } .grid { stroke: #818b98; stroke-width: 0.5 }
        .curve { fill: none; stroke: #0969da; stroke-width: 1.8; stroke-linejoin: round } .pale { stroke-width: 0.8; opacity: 0.35 }
        .dot { fill: #0969da }
        @media (prefers-color-scheme: dark) {
            text { fill: #f0f6fc } .heading { fill: #9198a1 } .ours, .dot { fill: #4493f8 }
            .other { fill: #656c76 } .curve { stroke: #4493f8 }
        }
        """;

    private readonly List<string> elements = [];

    /// <param name="x">The start, middle or end of the text, depending on its kind.</param>
    /// <param name="y">The base line.</param>
    /// <param name="kind">CSS classes, such as <c>title</c> or <c>name</c>.</param>
    /// <param name="text">The text, unescaped.</param>
    public void Text(double x, double y, string kind, string text) =>
        elements.Add($"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{SecurityElement.Escape(text)}</text>");

    public void Bar(double x, double y, string kind, double length, double thickness) =>
        elements.Add($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{length:F1}\" height=\"{thickness:0.#}\" rx=\"2\"/>");

    public void Line(double x1, double y1, double x2, double y2, string kind) =>
        elements.Add($"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    public void Curve(IEnumerable<(double X, double Y)> points, string kind) =>
        elements.Add($"<polyline class=\"{kind}\" points=\"{string.Join(' ', points.Select(point => $"{point.X:0.#},{point.Y:0.#}"))}\"/>");

    public void Dot(double x, double y) => elements.Add($"<circle class=\"dot\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.5\"/>");

    /// <summary>The text of the SVG file.</summary>
    public override string ToString() => string.Join('\n',
    [
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">",
        $"<title>{SecurityElement.Escape(title)}</title>",
        $"<style>\n{Style}\n</style>",
        .. elements,
        "</svg>\n",
    ]);
}

using System.Security;

namespace FcnSharp.Benchmarks.Charts;

/// <summary>Horizontal bars as an SVG picture, without a background: its colours suit light and dark pages.</summary>
internal static class BarChart
{
    private const int Width = 800;
    private const int NameWidth = 210;
    private const int ValueWidth = 60;
    private const int RowHeight = 22;
    private const int HeadingHeight = 34;
    private const int TitleHeight = 30;

    private const string Style = """
        text { font: 13px system-ui, sans-serif; fill: #1f2328 } .name { text-anchor: end } .title { font-weight: 600; font-size: 15px } .heading { font-size: 11px; fill: #59636e }
        .ours { fill: #0969da } .other { fill: #818b98 }
        @media (prefers-color-scheme: dark) { text { fill: #f0f6fc } .heading { fill: #9198a1 } .ours { fill: #4493f8 } .other { fill: #656c76 } }
        """;

    /// <summary>Draws groups of the same unit, all to the same scale.</summary>
    public static string Draw(IReadOnlyList<ChartGroup> groups)
    {
        var most = groups.SelectMany(group => group.Bars).Max(bar => bar.Value);
        var height = TitleHeight + groups.Sum(group => HeadingHeight + (group.Bars.Count * RowHeight)) + (RowHeight / 2);
        List<string> svg =
        [
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {height}\" width=\"{Width}\" height=\"{height}\" role=\"img\">",
            $"<title>{Escape(groups[0].Unit)}</title>",
            $"<style>\n{Style}\n</style>",
            Text(0, TitleHeight - 10, "title", groups[0].Unit),
        ];
        var y = TitleHeight;
        foreach (var group in groups)
        {
            svg.Add(Text(0, y + 20, "heading", group.Heading));
            y += HeadingHeight;
            foreach (var (name, value) in group.Bars)
            {
                svg.AddRange(Bar(y, name, value, value / most));
                y += RowHeight;
            }
        }

        svg.Add("</svg>\n");
        return string.Join('\n', svg);
    }

    private static string[] Bar(int y, string name, double value, double share)
    {
        var length = Math.Max(1, share * (Width - NameWidth - ValueWidth));
        var kind = Peers.Peer.Names.Skip(1).Any(peer => name.Contains(peer, StringComparison.Ordinal)) ? "other" : "ours";
        return
        [
            $"<text class=\"name\" x=\"{NameWidth - 8}\" y=\"{y + 13}\">{Escape(name)}</text>",
            $"<rect class=\"{kind}\" x=\"{NameWidth}\" y=\"{y}\" width=\"{length:F1}\" height=\"{RowHeight - 5}\" rx=\"2\"/>",
            Text((int)(NameWidth + length + 8), y + 13, "value", value >= 10 ? $"{value:F0}" : $"{value:F2}"),
        ];
    }

    private static string Text(int x, int y, string kind, string text) => $"<text class=\"{kind}\" x=\"{x}\" y=\"{y}\">{Escape(text)}</text>";

    private static string Escape(string text) => SecurityElement.Escape(text);
}

using FcnSharp.Evaluation.Charts;

namespace FcnSharp.Benchmarks.Charts;

/// <summary>Draws charts of horizontal bars.</summary>
internal static class BarChart
{
    private const int Width = 800;
    private const int CharacterWidth = 7;
    private const int NamePadding = 24;
    private const int ValueWidth = 60;
    private const int RowHeight = 22;
    private const int HeadingHeight = 34;
    private const int TitleHeight = 30;

    /// <summary>Draws groups of the same unit at the same scale.</summary>
    public static SvgPicture Draw(IReadOnlyList<ChartGroup> groups)
    {
        var bars = groups.SelectMany(group => group.Bars).ToList();
        var most = bars.Max(bar => bar.Value);
        var nameWidth = (bars.Max(bar => bar.Name.Length) * CharacterWidth) + NamePadding;
        var height = TitleHeight + groups.Sum(group => HeadingHeight + (group.Bars.Count * RowHeight)) + (RowHeight / 2);
        var picture = new SvgPicture(Width, height, groups[0].Unit);
        picture.Text(0, TitleHeight - 10, "title", groups[0].Unit);
        var y = TitleHeight;
        foreach (var group in groups)
        {
            picture.Text(0, y + 20, "small", group.Heading);
            y += HeadingHeight;
            foreach (var (name, value) in group.Bars)
            {
                Bar(picture, y, nameWidth, name, value, value / most);
                y += RowHeight;
            }
        }

        return picture;
    }

    private static void Bar(SvgPicture picture, int y, int nameWidth, string name, double value, double share)
    {
        var length = Math.Max(1, share * (Width - nameWidth - ValueWidth));
        var kind = Peers.Peer.Names.Skip(1).Any(peer => name.Contains(peer, StringComparison.Ordinal)) ? "other" : "ours";
        picture.Text(nameWidth - 8, y + 13, "end", name);
        picture.Bar(nameWidth, y, kind, length, RowHeight - 5);
        picture.Text(nameWidth + length + 8, y + 13, "", value >= 10 ? $"{value:F0}" : $"{value:F2}");
    }
}

using System.Globalization;

namespace FcnSharp.Imaging;

/// <summary>One line of a legend: its texts as they are drawn, and their widths in pixels.</summary>
internal readonly record struct LegendRow(RgbColor Color, string Name, float NameWidth, string Share, float ShareWidth)
{
    // In text sizes: room for "motorbike" twice, and then some.
    private const float LongestName = 12;

    public static LegendRow Of(ClassShare share, LegendText text)
    {
        var name = text.Shorten(share.Info.Name, LongestName * text.Size);
        var percent = Percent(share.Share);
        return new LegendRow(share.Info.Color, name, text.Measure(name), percent, text.Measure(percent));
    }

    /// <summary>A share as it is shown: one decimal, and never 0.0 for what is there.</summary>
    public static string Percent(double share) =>
        share < 0.0005 ? "<0.1 %" : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} %");
}

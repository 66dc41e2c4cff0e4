using System.Text;
using FcnSharp.Imaging;

namespace FcnSharp.Evaluation;

/// <summary>
/// Draws a confusion matrix as SVG: a row for each true class, a column for each predicted class; a cell is darker for a larger share of
/// the row's pixels.
/// </summary>
internal sealed class ConfusionPicture(ConfusionMatrix matrix, SegmentationMetrics metrics, ClassList classes)
{
    private const int LongestName = 18;
    private const int MostCellsWithNumbers = 30;
    private const double LetterWidth = 7.2;

    // Shares below half a percent are not drawn.
    private const double Smallest = 0.005;

    private readonly int cell = matrix.NumClasses <= MostCellsWithNumbers ? 38 : 16;
    private readonly bool numbers = matrix.NumClasses <= MostCellsWithNumbers;
    private readonly int labels = (int)(LetterWidth * Math.Min(LongestName, classes.Max(info => info.DisplayName.Length))) + 14;
    private readonly StringBuilder svg = new();

    public string ToSvg()
    {
        var side = labels + (cell * matrix.NumClasses);
        svg.Append(Html.Format(
            $"<svg class=\"confusion\" viewBox=\"0 0 {side + 20} {side + 20}\" width=\"{side + 20}\" height=\"{side + 20}\" role=\"img\" " +
            $"aria-labelledby=\"confusion-title\">\n"));
        svg.Append("<title id=\"confusion-title\">Confusion matrix: " +
            "for each true class (row), the share of its pixels that was predicted as each class (column)</title>\n");
        svg.Append("<g transform=\"translate(20 20)\">\n");
        AppendAxes(side);
        for (var truth = 0; truth < matrix.NumClasses; truth++)
        {
            AppendRow(truth);
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    private static string Shorten(string name) =>
        Html.Escape(name.Length <= LongestName ? name : name[..(LongestName - 1)].TrimEnd() + "…");

    private void AppendAxes(int side)
    {
        var middle = (labels + side) / 2;
        svg.Append(Html.Format($"<text class=\"axis\" x=\"{middle}\" y=\"-6\" text-anchor=\"middle\">predicted</text>\n"));
        svg.Append(
            Html.Format($"<text class=\"axis\" transform=\"translate(-6 {middle}) rotate(-90)\" text-anchor=\"middle\">true</text>\n"));
        svg.Append(Html.Format(
            $"<rect class=\"frame\" x=\"{labels}\" y=\"{labels}\" width=\"{side - labels}\" height=\"{side - labels}\"/>\n"));
        for (var id = 0; id < matrix.NumClasses; id++)
        {
            var centre = labels + (cell * id) + (cell / 2);
            var name = Shorten(classes[id].DisplayName);
            svg.Append(Html.Format($"<text x=\"{labels - 8}\" y=\"{centre + 4}\" text-anchor=\"end\">{name}</text>\n"));
            svg.Append(Html.Format($"<text transform=\"translate({centre + 4} {labels - 8}) rotate(-90)\">{name}</text>\n"));
        }
    }

    private void AppendRow(int truth)
    {
        var pixels = metrics.Classes[truth].TruePixels;
        var y = labels + (cell * truth);
        if (pixels == 0)
        {
            svg.Append(Html.Format($"<text class=\"none\" x=\"{labels + 8}\" y=\"{y + (cell / 2) + 4}\">{Html.Dash}</text>\n"));
            return;
        }

        for (var predicted = 0; predicted < matrix.NumClasses; predicted++)
        {
            var share = (double)matrix[truth, predicted] / pixels;
            if (share >= Smallest)
            {
                AppendCell(truth, predicted, share, labels + (cell * predicted), y);
            }
        }
    }

    private void AppendCell(int truth, int predicted, double share, int x, int y)
    {
        var kind = truth == predicted ? "right" : "wrong";
        var (from, to) = (Html.Escape(classes[truth].DisplayName), Html.Escape(classes[predicted].DisplayName));
        svg.Append(Html.Format(
            $"<g><title>{from} taken for {to}: {100 * share:F1} %</title><rect class=\"{kind}\" x=\"{x + 1}\" y=\"{y + 1}\" " +
            $"width=\"{cell - 2}\" height=\"{cell - 2}\" rx=\"2\" fill-opacity=\"{Math.Sqrt(share):F2}\"/>"));
        if (numbers)
        {
            var shade = share >= 0.7 ? "strong" : share >= 0.4 ? "half" : "faint";
            svg.Append(
                Html.Format($"<text class=\"{shade}\" x=\"{x + (cell / 2)}\" y=\"{y + (cell / 2) + 4}\" " +
                    $"text-anchor=\"middle\">{100 * share:F0}</text>"));
        }

        svg.Append("</g>\n");
    }
}

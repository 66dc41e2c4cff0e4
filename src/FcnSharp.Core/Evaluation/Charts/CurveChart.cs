using FcnSharp.Support;

namespace FcnSharp.Evaluation.Charts;

/// <summary>Draws panels of curves below each other, over the same steps.</summary>
internal sealed class CurveChart
{
    private const int Left = 44;
    private const int Right = 24;
    private const int TitleHeight = 40;
    private const int PanelHeight = 180;
    private const int AxisHeight = 30;
    private const int KeyLine = 20;

    // The mean width of a letter of the small text, in pixels.
    private const double LetterWidth = 5.9;

    private readonly int width;
    private readonly IReadOnlyList<ChartPart> parts;
    private readonly Scale steps;
    private readonly SvgPicture picture;

    private CurveChart(int width, IReadOnlyList<ChartPart> parts, SvgPicture picture)
    {
        (this.width, this.parts, this.picture) = (width, parts, picture);
        steps = new Scale(Math.Max(1, parts[^1].End), Left, width - Right);
    }

    /// <summary>Draws panels.</summary>
    /// <param name="panels">At least one.</param>
    /// <param name="parts">The parts of the training, at least one, in order.</param>
    /// <param name="width">The width of the chart, in pixels.</param>
    /// <param name="description">The content of the chart in a sentence, for people who cannot see it.</param>
    public static SvgPicture Draw(IReadOnlyList<CurvePanel> panels, IReadOnlyList<ChartPart> parts, int width, string description)
    {
        var height = (panels.Count * (TitleHeight + PanelHeight)) + AxisHeight;
        var title = $"{string.Join(", ", panels.Select(panel => panel.Title))} over the steps of the training";
        var chart = new CurveChart(width, parts, new SvgPicture(width, height, title, description));
        chart.DrawParts(height - AxisHeight);
        for (var i = 0; i < panels.Count; i++)
        {
            chart.DrawPanel(panels[i], bottom: (i + 1) * (TitleHeight + PanelHeight));
        }

        chart.DrawSteps(height - AxisHeight + 17);
        return chart.picture;
    }

    /// <summary>Draws a line between two parts, and the names of the parts at the top.</summary>
    private void DrawParts(int bottom)
    {
        var start = 0.0;
        foreach (var part in parts.Count > 1 ? parts : [])
        {
            var (left, right) = (steps.At(start), steps.At(part.End));
            if (part != parts[^1])
            {
                picture.Line(right, TitleHeight, right, bottom, "border");
            }

            picture.Text(right - 5, TitleHeight + 12, "small end", Fitting(part.Name, right - left - 10));
            start = part.End;
        }
    }

    private void DrawPanel(CurvePanel panel, int bottom)
    {
        var top = bottom - PanelHeight;
        var values = Scale.UpToAMark(panel.Most, bottom, top);
        picture.Text(0, top - 18, "title", panel.Title);
        DrawKeys(panel.Curves, top - 18);
        foreach (var value in values.Marks())
        {
            picture.Line(Left, values.At(value), width - Right, values.At(value), "grid");
            picture.Text(Left - 8, values.At(value) + 4, "small end", Guard.Text($"{value:0.####}"));
        }

        foreach (var curve in panel.Curves)
        {
            foreach (var part in curve.Thinned().Parts)
            {
                // The round ends of a line of length 0 show a single point as a dot.
                picture.Curve(
                    (part.Count == 1 ? [part[0], part[0]] : part).Select(point => (steps.At(point.Step), values.At(point.Value))),
                    $"curve {curve.Kind}");
            }
        }

        DrawMark(panel.Mark, steps.At(panel.Mark.Point.Step), values.At(panel.Mark.Point.Value));
    }

    /// <summary>Draws the key: names and pieces of the lines, from right to left.</summary>
    private void DrawKeys(IReadOnlyList<Curve> curves, double y)
    {
        double right = width - Right;
        foreach (var curve in curves.Where(curve => curve.Name.Length > 0))
        {
            picture.Line(right - KeyLine, y - 4, right, y - 4, $"curve {curve.Kind}");
            picture.Text(right - KeyLine - 6, y, "small end", curve.Name);
            right -= KeyLine + 6 + (curve.Name.Length * LetterWidth) + 16;
        }
    }

    private void DrawMark(CurveMark mark, double x, double y)
    {
        picture.Dot(x, y);
        var kind = x > (Left + width - Right) / 2.0 ? "mark end" : "mark";
        picture.Text(x, mark.IsAbove ? y - 10 : y + 20, kind, mark.Text);
    }

    private void DrawSteps(double y)
    {
        picture.Text(Left - 12, y, "small end", "step");
        foreach (var step in steps.Marks())
        {
            picture.Text(steps.At(step), y, "small middle", Guard.Text($"{step:#,0}"));
        }
    }

    /// <summary>Shortens a text to a width in pixels.</summary>
    private static string Fitting(string text, double room)
    {
        var letters = (int)(room / LetterWidth);
        return text.Length <= letters ? text : letters > 1 ? $"{text[..(letters - 1)]}…" : "";
    }
}

/// <summary>A part of a training in a chart.</summary>
/// <param name="Name">The name, which is drawn if there are several parts.</param>
/// <param name="End">The last step.</param>
internal sealed record ChartPart(string Name, double End);

namespace FcnSharp.Benchmarks.Charts;

/// <summary>Draws curves below each other over the same steps.</summary>
internal static class CurveChart
{
    private const int Width = 800;
    private const int Left = 48;
    private const int Right = 16;
    private const int TitleHeight = 48;
    private const int PanelHeight = 170;
    private const int AxisHeight = 30;

    /// <param name="curves">At least one, with at least one point.</param>
    /// <param name="borders">The last step of each part of the training, with the name of the part.</param>
    public static SvgPicture Draw(IReadOnlyList<Curve> curves, IReadOnlyList<(double Step, string Name)> borders)
    {
        var height = (curves.Count * (TitleHeight + PanelHeight)) + AxisHeight;
        var picture = new SvgPicture(Width, height, string.Join(", ", curves.Select(curve => curve.Title)));
        var steps = new Scale(0, borders[^1].Step, Left, Width - Right);
        for (var i = 0; i < curves.Count; i++)
        {
            var bottom = (i + 1) * (TitleHeight + PanelHeight);
            Panel(picture, curves[i], steps, bottom);
        }

        foreach (var (step, name) in borders.SkipLast(1))
        {
            picture.Line(steps.At(step), TitleHeight, steps.At(step), height - AxisHeight, "grid");
            picture.Text(steps.At(step) - 4, TitleHeight + 12, "heading name", name);
        }

        picture.Text(Width - Right, TitleHeight + 12, "heading name", borders[^1].Name);
        foreach (var step in steps.Marks())
        {
            picture.Text(steps.At(step), height - AxisHeight + 16, "heading middle", $"{step:0}");
        }

        picture.Text(Width - Right, height - 2, "heading name", "steps");
        return picture;
    }

    private static void Panel(SvgPicture picture, Curve curve, Scale steps, int bottom)
    {
        var top = bottom - PanelHeight;
        var values = new Scale(0, curve.Highest.Value, bottom, top);
        picture.Text(0, top - 14, "title", curve.Title);
        picture.Text(Width - Right, top - 14, "heading name", curve.Note);
        foreach (var value in values.Marks())
        {
            picture.Line(Left, values.At(value), Width - Right, values.At(value), "grid");
            picture.Text(Left - 8, values.At(value) + 4, "heading name", $"{value:0.##}");
        }

        Draw(curve.Parts, curve.IsNoisy ? "curve pale" : "curve");
        if (curve.IsNoisy)
        {
            Draw(curve.Means(), "curve");
        }
        else
        {
            picture.Dot(steps.At(curve.Highest.Step), values.At(curve.Highest.Value));
        }

        void Draw(IEnumerable<IEnumerable<(double Step, double Value)>> parts, string kind)
        {
            foreach (var part in parts)
            {
                picture.Curve(part.Select(point => (steps.At(point.Step), values.At(point.Value))), kind);
            }
        }
    }
}

namespace FcnSharp.Evaluation.Charts;

/// <summary>Curves with a common axis.</summary>
/// <param name="Title">The title.</param>
/// <param name="Curves">At least one, with at least one point; later curves are drawn above earlier ones.</param>
/// <param name="Mark">The point with a label.</param>
internal sealed record CurvePanel(string Title, IReadOnlyList<Curve> Curves, CurveMark Mark)
{
    private const double Least = 1e-6;

    /// <summary>The value at the top, above 0.</summary>
    public double Most { get; init; } = Math.Max(Least, Curves.SelectMany(curve => curve.Points).Max(point => point.Value));
}

/// <summary>A point of a curve with a label.</summary>
/// <param name="Point">The point.</param>
/// <param name="Text">The label.</param>
/// <param name="IsAbove">Whether the label is above the point, or below it.</param>
internal sealed record CurveMark(CurvePoint Point, string Text, bool IsAbove);

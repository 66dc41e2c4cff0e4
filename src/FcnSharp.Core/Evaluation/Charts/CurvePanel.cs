namespace FcnSharp.Evaluation.Charts;

/// <summary>Curves of one unit, drawn over each other.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Curves">At least one, with at least one point; later ones lie above.</param>
/// <param name="Mark">The point that is named.</param>
internal sealed record CurvePanel(string Title, IReadOnlyList<Curve> Curves, CurveMark Mark)
{
    private const double Least = 1e-6;

    /// <summary>The value at the top, above 0.</summary>
    public double Most { get; init; } = Math.Max(Least, Curves.SelectMany(curve => curve.Points).Max(point => point.Value));
}

/// <summary>A point of a curve that is named.</summary>
/// <param name="Point">Which point.</param>
/// <param name="Text">Its name.</param>
/// <param name="IsAbove">Whether the name stands above it, or below.</param>
internal sealed record CurveMark(CurvePoint Point, string Text, bool IsAbove);

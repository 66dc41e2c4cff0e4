namespace FcnSharp.Evaluation.Charts;

/// <summary>Curves with common axes.</summary>
/// <param name="Title">The title above the curves.</param>
/// <param name="Curves">At least one curve with at least one point. Later curves are drawn over earlier ones.</param>
/// <param name="Mark">The point that is marked.</param>
internal sealed record CurvePanel(string Title, IReadOnlyList<Curve> Curves, CurveMark Mark)
{
    private const double Least = 1e-6;

    /// <summary>The value at the top, above 0.</summary>
    public double Most { get; init; } = Math.Max(Least, Curves.SelectMany(curve => curve.Points).Max(point => point.Value));
}

/// <summary>A marked point of a curve.</summary>
/// <param name="Point">The point.</param>
/// <param name="Text">The text beside the point.</param>
/// <param name="IsAbove">Whether the text is above the point, or below.</param>
internal sealed record CurveMark(CurvePoint Point, string Text, bool IsAbove);

namespace FcnSharp.Evaluation.Charts;

/// <summary>A quantity over the steps of a training.</summary>
/// <param name="Name">The name in the key; empty for none.</param>
/// <param name="Kind">CSS classes, such as <c>first</c> or <c>first pale</c>.</param>
/// <param name="Parts">The points of every non-empty part of the training, in order of the steps.</param>
internal sealed record Curve(string Name, string Kind, IReadOnlyList<IReadOnlyList<CurvePoint>> Parts)
{
    /// <summary>Maximum number of points of a part that are distinguishable in a picture.</summary>
    private const int MostPoints = 1000;

    /// <summary>The moving average extends over 1 / PartOfPoints of the points to each side.</summary>
    private const int PartOfPoints = 30;

    public IEnumerable<CurvePoint> Points => Parts.SelectMany(part => part);

    /// <summary>The curve with a centred moving average of the values.</summary>
    public Curve Smoothed(string kind) => new(Name, kind, [.. Parts.Select(Smooth)]);

    /// <summary>The curve with a reduced number of points, so that its file stays small. The last point of a part is always kept.</summary>
    public Curve Thinned() => this with { Parts = [.. Parts.Select(part => Thinning.AtMost(part, MostPoints))] };

    private static CurvePoint[] Smooth(IReadOnlyList<CurvePoint> part)
    {
        var reach = part.Count / PartOfPoints;
        return [.. part.Select((point, i) => point with { Value = MeanAround(part, i, reach) })];
    }

    /// <summary>At the beginning, where values fall fast, the window is shortened symmetrically.</summary>
    private static double MeanAround(IReadOnlyList<CurvePoint> part, int index, int reach)
    {
        var before = Math.Min(reach, index);
        var after = Math.Min(before, part.Count - 1 - index);
        var sum = 0.0;
        for (var i = index - before; i <= index + after; i++)
        {
            sum += part[i].Value;
        }

        return sum / (before + after + 1);
    }
}

/// <summary>A value after a step.</summary>
internal readonly record struct CurvePoint(double Step, double Value);

namespace FcnSharp.Evaluation.Charts;

/// <summary>Values over the steps of a training.</summary>
/// <param name="Name">The name in the key of the chart; empty for none.</param>
/// <param name="Kind">CSS classes of the line, such as <c>first</c> or <c>first pale</c>.</param>
/// <param name="Parts">The points of each part of the training, in order of the steps, without parts that have none.</param>
internal sealed record Curve(string Name, string Kind, IReadOnlyList<IReadOnlyList<CurvePoint>> Parts)
{
    /// <summary>Maximum number of points that are drawn of a part.</summary>
    private const int MostPoints = 1000;

    /// <summary>The smoothing window extends over one in so many of the points to each side.</summary>
    private const int PartOfPoints = 30;

    public IEnumerable<CurvePoint> Points => Parts.SelectMany(part => part);

    /// <summary>Replaces each value by the mean of a window around it.</summary>
    public Curve Smoothed(string kind) => new(Name, kind, [.. Parts.Select(Smooth)]);

    /// <summary>Drops points of long parts, to keep files small. The last point of a part is kept.</summary>
    public Curve Thinned() => this with { Parts = [.. Parts.Select(part => Thinning.AtMost(part, MostPoints))] };

    private static CurvePoint[] Smooth(IReadOnlyList<CurvePoint> part)
    {
        var reach = part.Count / PartOfPoints;
        var sums = new double[part.Count + 1];
        for (var i = 0; i < part.Count; i++)
        {
            sums[i + 1] = sums[i] + part[i].Value;
        }

        return [.. part.Select((point, i) => point with { Value = MeanAround(sums, i, reach) })];
    }

    /// <summary>The window is symmetric at the beginning, where values fall fast.</summary>
    /// <param name="sums">The sum of the values before each point, then of all.</param>
    /// <param name="index">The point.</param>
    /// <param name="reach">The points of the window to each side.</param>
    private static double MeanAround(double[] sums, int index, int reach)
    {
        var before = Math.Min(reach, index);
        var after = Math.Min(before, sums.Length - 2 - index);
        return (sums[index + after + 1] - sums[index - before]) / (before + after + 1);
    }
}

/// <summary>A value after a step.</summary>
internal readonly record struct CurvePoint(double Step, double Value);

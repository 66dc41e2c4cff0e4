namespace FcnSharp.Evaluation.Charts;

/// <summary>Numbers that change with the steps of a training.</summary>
/// <param name="Name">What a key calls it; empty for none.</param>
/// <param name="Kind">How it is drawn: classes of the style, such as <c>first</c> or <c>first pale</c>.</param>
/// <param name="Parts">The points of every part of the training that has any, in order of the steps.</param>
internal sealed record Curve(string Name, string Kind, IReadOnlyList<IReadOnlyList<CurvePoint>> Parts)
{
    /// <summary>Points of a part that are told apart in a picture.</summary>
    private const int MostPoints = 1000;

    /// <summary>A mean reaches over such a part of the points to each side.</summary>
    private const int PartOfPoints = 30;

    public IEnumerable<CurvePoint> Points => Parts.SelectMany(part => part);

    /// <summary>The curve with every value replaced by the mean of it and its neighbours.</summary>
    public Curve Smoothed(string kind) => new(Name, kind, [.. Parts.Select(Smooth)]);

    /// <summary>The curve with so few points in every part that a file of it stays small; the last one is always there.</summary>
    public Curve Thinned() => this with { Parts = [.. Parts.Select(part => Thinning.AtMost(part, MostPoints))] };

    private static CurvePoint[] Smooth(IReadOnlyList<CurvePoint> part)
    {
        var reach = part.Count / PartOfPoints;
        return [.. part.Select((point, i) => point with { Value = MeanAround(part, i, reach) })];
    }

    /// <summary>At the beginning, where values fall fast, as many neighbours count after a point as before it.</summary>
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

/// <summary>A number after a step.</summary>
internal readonly record struct CurvePoint(double Step, double Value);

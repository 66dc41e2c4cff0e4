namespace FcnSharp.Benchmarks.Charts;

/// <summary>A number that changes with the steps of a run.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Points">In order of the steps.</param>
/// <param name="Smoothed">Whether to draw what it is on average over some points, and the points themselves pale.</param>
/// <param name="Note">What to say of the whole, in a few words.</param>
internal sealed record Curve(string Title, IReadOnlyList<(double Step, double Value)> Points, bool Smoothed, string Note)
{
    private const double Memory = 0.9;

    /// <summary>Every value averaged with those before it, the older the less (an exponential average, corrected for its start at zero).</summary>
    public IEnumerable<(double Step, double Value)> Averages()
    {
        var (sum, weight) = (0.0, 0.0);
        foreach (var (step, value) in Points)
        {
            (sum, weight) = ((Memory * sum) + value, (Memory * weight) + 1);
            yield return (step, sum / weight);
        }
    }
}

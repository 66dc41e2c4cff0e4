namespace FcnSharp.Benchmarks.Charts;

/// <summary>A number that changes with the steps of a training.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Note">What to say of the whole, in a few words.</param>
/// <param name="IsNoisy">Whether to draw means over neighbouring points, and the points themselves pale; otherwise the highest point is
/// marked.</param>
internal sealed record Curve(string Title, string Note, bool IsNoisy)
{
    private const int Neighbours = 5;

    /// <summary>The points of every part of the training that has any, in order of the steps.</summary>
    public required IReadOnlyList<IReadOnlyList<(double Step, double Value)>> Parts { get; init; }

    public (double Step, double Value) Highest => Parts.SelectMany(part => part).MaxBy(point => point.Value);

    /// <summary>The parts with every value replaced by the mean of it and its neighbours, as many before it as after it.</summary>
    public IEnumerable<IEnumerable<(double Step, double Value)>> Means() =>
        Parts.Select(part => part.Select((point, i) => (point.Step, MeanAround(part, i))));

    private static double MeanAround(IReadOnlyList<(double Step, double Value)> part, int index)
    {
        var reach = Math.Min(Neighbours, Math.Min(index, part.Count - 1 - index));
        return part.Skip(index - reach).Take((2 * reach) + 1).Average(point => point.Value);
    }
}

namespace FcnSharp.Benchmarks.Charts;

/// <summary>A quantity over the steps of a training.</summary>
/// <param name="Title">The name of the quantity.</param>
/// <param name="Note">A note in a few words.</param>
/// <param name="IsNoisy">Whether to draw a moving average, with the points pale behind it; otherwise the highest point is marked.</param>
internal sealed record Curve(string Title, string Note, bool IsNoisy)
{
    private const int Neighbours = 5;

    /// <summary>The points of every non-empty part of the training, in order of the steps.</summary>
    public required IReadOnlyList<IReadOnlyList<(double Step, double Value)>> Parts { get; init; }

    public (double Step, double Value) Highest => Parts.SelectMany(part => part).MaxBy(point => point.Value);

    /// <summary>The parts with a centred moving average of the values.</summary>
    public IEnumerable<IEnumerable<(double Step, double Value)>> Means() =>
        Parts.Select(part => part.Select((point, i) => (point.Step, MeanAround(part, i))));

    private static double MeanAround(IReadOnlyList<(double Step, double Value)> part, int index)
    {
        var reach = Math.Min(Neighbours, Math.Min(index, part.Count - 1 - index));
        return part.Skip(index - reach).Take((2 * reach) + 1).Average(point => point.Value);
    }
}

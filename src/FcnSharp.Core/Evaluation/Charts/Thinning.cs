namespace FcnSharp.Evaluation.Charts;

/// <summary>Leaves out items of a list that is longer than is useful.</summary>
internal static class Thinning
{
    /// <summary>Every n-th item, with the smallest n that leaves at most so many; the last one is always among them.</summary>
    public static IReadOnlyList<T> AtMost<T>(IReadOnlyList<T> items, int most)
    {
        var distance = (items.Count + most - 1) / most;
        return distance <= 1 ? items : [.. items.Where((_, i) => (items.Count - 1 - i) % distance == 0)];
    }
}

namespace FcnSharp.Evaluation.Charts;

/// <summary>Reduces the number of items of a list.</summary>
internal static class Thinning
{
    /// <summary>Every n-th item, with the smallest n that gives at most the given number; the last item is always included.</summary>
    public static IReadOnlyList<T> AtMost<T>(IReadOnlyList<T> items, int most)
    {
        var distance = (items.Count + most - 1) / most;
        return distance <= 1 ? items : [.. items.Where((_, i) => (items.Count - 1 - i) % distance == 0)];
    }
}

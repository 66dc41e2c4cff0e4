namespace FcnSharp.Evaluation.Charts;

/// <summary>Shortens long lists.</summary>
internal static class Thinning
{
    /// <summary>Takes every n-th item, with the smallest n that leaves at most <paramref name="most"/>. The last item is kept.</summary>
    public static IReadOnlyList<T> AtMost<T>(IReadOnlyList<T> items, int most)
    {
        var distance = (items.Count + most - 1) / most;
        return distance <= 1 ? items : [.. items.Where((_, i) => (items.Count - 1 - i) % distance == 0)];
    }
}

namespace FcnSharp.Evaluation;

/// <summary>
/// Chooses the worst and the best pictures of a data set. Of pictures that look alike, such as neighbours in a video, it chooses one.
/// </summary>
/// <remarks>
/// Two pictures look alike if the distance of their thumbnails is below a threshold. If the data set has too few pictures above it, such as
/// a video of a fixed camera, the threshold is halved until there are enough.
/// </remarks>
internal static class ExampleChoice
{
    // The distance of neighbours in a video is up to 11; the distance of street photos of different places is above 46 in 95 of 100 pairs.
    private const double FarApart = 40;

    /// <summary>The last threshold before 0.</summary>
    private const double Least = 1;

    /// <summary>The indices of the worst pictures, worst first, and of the best pictures, best first. No picture is in both.</summary>
    /// <param name="candidates">The pictures that have a score.</param>
    /// <param name="count">Maximum number of worst and of best pictures.</param>
    public static (IReadOnlyList<int> Worst, IReadOnlyList<int> Best) Of(IEnumerable<ExampleCandidate> candidates, int count)
    {
        var ranked = candidates.OrderBy(candidate => candidate.MeanIoU).ThenBy(candidate => candidate.Index).ToList();
        var half = ranked.Count / 2;
        return (Differing(ranked[..half], count), Differing([.. ranked[half..].AsEnumerable().Reverse()], count));
    }

    private static List<int> Differing(List<ExampleCandidate> ranked, int count)
    {
        var wanted = Math.Min(count, ranked.Count);
        for (var distance = FarApart; distance >= Least; distance /= 2)
        {
            if (Differing(ranked, wanted, distance) is { } chosen && chosen.Count == wanted)
            {
                return chosen;
            }
        }

        return Differing(ranked, wanted, distance: 0);
    }

    /// <summary>In order of rank, every picture that is far enough from all pictures chosen before it.</summary>
    private static List<int> Differing(List<ExampleCandidate> ranked, int count, double distance)
    {
        var chosen = new List<ExampleCandidate>();
        foreach (var candidate in ranked)
        {
            if (chosen.Count < count && chosen.TrueForAll(other => other.DistanceTo(candidate) >= distance))
            {
                chosen.Add(candidate);
            }
        }

        return [.. chosen.Select(candidate => candidate.Index)];
    }
}

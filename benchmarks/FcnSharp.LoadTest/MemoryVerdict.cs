namespace FcnSharp.LoadTest;

/// <summary>Whether a server's memory stays within its bound in an attack, and comes back after it.</summary>
/// <param name="before">Samples in MiB under honest load, before the attack.</param>
/// <param name="during">Samples while it is attacked.</param>
/// <param name="after">Samples under the same honest load, after the attack.</param>
internal sealed class MemoryVerdict(IReadOnlyList<double> before, IReadOnlyList<double> during, IReadOnlyList<double> after)
{
    /// <summary>What the median after the attack may be of the one before.</summary>
    private const double Allowed = 1.2;

    /// <summary>The worst case that docs/deployment.md names for the options as shipped, in MiB.</summary>
    private const double Bound = 3000;

    /// <returns>Whether both hold.</returns>
    public bool Print()
    {
        var (was, isNow) = (MedianOfLastThird(before), MedianOfLastThird(after));
        Console.WriteLine($"server's memory in MiB: {before[0]:F0} at the start; median {was:F0} in the last third before the attack, " +
            $"peak {during.Max():F0} in the attack, median {isNow:F0} in the last third after it");
        var (isBounded, cameBack) = (during.Max() <= Bound, isNow <= Allowed * was);
        if (!isBounded)
        {
            Console.WriteLine($"The peak is above {Bound:F0} MiB.");
        }

        if (!cameBack)
        {
            Console.WriteLine($"The median after the attack is more than {Allowed - 1:P0} above the one before.");
        }

        return isBounded && cameBack;
    }

    private static double MedianOfLastThird(IReadOnlyList<double> samples)
    {
        var sorted = samples.Skip(2 * samples.Count / 3).Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

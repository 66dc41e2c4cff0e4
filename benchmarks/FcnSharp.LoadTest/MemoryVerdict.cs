namespace FcnSharp.LoadTest;

/// <summary>Checks that the server's memory stays below its bound during an attack, and is released after it.</summary>
/// <param name="before">Samples in MiB under normal load, before the attack.</param>
/// <param name="during">Samples in MiB during the attack.</param>
/// <param name="after">Samples in MiB under the same normal load, after the attack.</param>
internal sealed class MemoryVerdict(IReadOnlyList<double> before, IReadOnlyList<double> during, IReadOnlyList<double> after)
{
    /// <summary>The largest allowed ratio of the median after the attack to the median before it.</summary>
    private const double Allowed = 1.2;

    /// <summary>The worst case for the default options that docs/reference/web-service.md states, in MiB.</summary>
    private const double Bound = 3000;

    /// <returns>Whether both conditions hold.</returns>
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

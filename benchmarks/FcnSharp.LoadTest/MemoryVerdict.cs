namespace FcnSharp.LoadTest;

/// <summary>Whether a server's memory comes back after an attack.</summary>
/// <param name="before">Samples under honest load, before the attack.</param>
/// <param name="during">Samples while it is attacked.</param>
/// <param name="after">Samples under the same honest load, after the attack.</param>
internal sealed class MemoryVerdict(IReadOnlyList<double> before, IReadOnlyList<double> during, IReadOnlyList<double> after)
{
    /// <summary>What the peak after the attack may be of the one before.</summary>
    private const double Allowed = 1.2;

    /// <returns>Whether it came back.</returns>
    public bool Print()
    {
        var (was, isNow) = (PeakOfLastThird(before), PeakOfLastThird(after));
        Console.WriteLine($"server's memory in MiB: {before[0]:F0} at the start; peaks {was:F0} in the last third before the attack, " +
            $"{during.Max():F0} in the attack, {isNow:F0} in the last third after it");
        var cameBack = isNow <= Allowed * was;
        if (!cameBack)
        {
            Console.WriteLine($"which is more than {Allowed - 1:P0} above where it was");
        }

        return cameBack;
    }

    private static double PeakOfLastThird(IReadOnlyList<double> samples) => samples.Skip(2 * samples.Count / 3).Max();
}

namespace FcnSharp.LoadTest;

/// <summary>Whether a server's memory is flat once it is warm.</summary>
internal sealed class MemoryVerdict(IReadOnlyList<double> samples)
{
    /// <summary>What the last quarter's peak may be of the second one's.</summary>
    private const double Allowed = 1.25;

    /// <returns>Whether it is flat.</returns>
    public bool Print()
    {
        var peaks = samples.Chunk((samples.Count + 3) / 4).Select(quarter => quarter.Max()).ToList();
        Console.WriteLine($"server's memory in MiB: {samples[0]:F0} before; " +
            $"peaks of the quarters {string.Join(", ", peaks.Select(peak => $"{peak:F0}"))}");
        var flat = peaks.Count < 4 || peaks[3] <= Allowed * peaks[1];
        if (!flat)
        {
            Console.WriteLine($"which grew by more than {Allowed - 1:P0}");
        }

        return flat;
    }
}

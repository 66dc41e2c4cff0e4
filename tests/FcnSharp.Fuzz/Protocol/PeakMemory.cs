using System.Globalization;

namespace FcnSharp.Fuzz.Protocol;

/// <summary>Measures the peak growth of this process, managed and native, during a piece of work. Linux only; 0 elsewhere.</summary>
internal sealed class PeakMemory
{
    private const string ResetPeak = "5"; // proc(5), clear_refs: the peak becomes what is resident now.

    private readonly bool isKnown = OperatingSystem.IsLinux() && TryReset();
    private long before;

    public void Start()
    {
        if (isKnown)
        {
            TryReset();
            before = PeakResident();
        }
    }

    /// <summary>The peak less the memory at the start, in bytes.</summary>
    public long Growth => isKnown ? Math.Max(0, PeakResident() - before) : 0;

    private static bool TryReset()
    {
        try
        {
            File.WriteAllText("/proc/self/clear_refs", ResetPeak);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static long PeakResident()
    {
        foreach (var line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
            {
                return 1024 * long.Parse(line.AsSpan(6).TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }
}

using System.Globalization;
using FcnSharp.Support;

namespace FcnSharp.Engine.Kernels;

/// <summary>
/// The number of cores that the process may use. Two hardware threads of one core share its arithmetic units, which one thread of the
/// kernels saturates: a second one would only compete for the caches.
/// </summary>
internal static class PhysicalCores
{
    /// <summary>On Linux the physical cores, elsewhere the logical processors; never more than <see cref="Environment.ProcessorCount"/>,
    /// which respects processor affinity and container limits.</summary>
    public static int Count { get; } = OperatingSystem.IsLinux()
        ? CountIn("/sys/devices/system/cpu", "/proc/self/status", Environment.ProcessorCount)
        : Environment.ProcessorCount;

    /// <summary>Counts groups of sibling threads among the processors that the process may run on; returns the limit if the files cannot be
    /// read.</summary>
    /// <param name="cpuFolder">Folder with the folders cpu0, cpu1, ..., each with topology/thread_siblings_list.</param>
    /// <param name="statusFile">File with a line <c>Cpus_allowed_list:</c>.</param>
    /// <param name="limit">Logical processors that may be used.</param>
    public static int CountIn(string cpuFolder, string statusFile, int limit)
    {
        const string Allowed = "Cpus_allowed_list:";
        try
        {
            var line = File.ReadLines(statusFile).First(text => text.StartsWith(Allowed, StringComparison.Ordinal));
            var cores = Numbers(line[Allowed.Length..])
                .Select(cpu => File.ReadAllText(Path.Combine(cpuFolder, Guard.Text($"cpu{cpu}"), "topology", "thread_siblings_list"))
                    .Trim())
                .Distinct(StringComparer.Ordinal)
                .Count();
            return Math.Clamp(cores, 1, limit);
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or FormatException)
        {
            return limit;
        }
    }

    /// <summary>Parses a list of ranges: "0-3,8" gives 0, 1, 2, 3, 8.</summary>
    private static IEnumerable<int> Numbers(string list)
    {
        foreach (var range in list.Split(','))
        {
            var ends = range.Split('-');
            var last = int.Parse(ends[^1], CultureInfo.InvariantCulture);
            for (var number = int.Parse(ends[0], CultureInfo.InvariantCulture); number <= last; number++)
            {
                yield return number;
            }
        }
    }
}

using System.Diagnostics;

namespace FcnSharp.Benchmarks;

/// <summary>Interleaved rounds and their medians.</summary>
internal static class Measurement
{
    /// <summary>Times every action once per round, in turn; drops the first round and returns each action's median, in seconds.</summary>
    public static double[] Medians(int rounds, params Action[] actions)
    {
        var times = actions.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < actions.Length; i++)
            {
                var clock = Stopwatch.StartNew();
                actions[i]();
                times[i].Add(clock.Elapsed.TotalSeconds);
            }
        }

        return [.. times.Select(list => Median([.. list.Skip(1)]))];
    }

    public static double Median(double[] values)
    {
        Array.Sort(values);
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }

    /// <summary>The peak resident memory of this process, in bytes.</summary>
    public static long PeakResidentBytes()
    {
        using var process = Process.GetCurrentProcess();
        return process.PeakWorkingSet64;
    }
}

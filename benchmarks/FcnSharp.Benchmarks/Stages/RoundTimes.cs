using System.Diagnostics;

namespace FcnSharp.Benchmarks.Stages;

/// <summary>Times of stages over several rounds.</summary>
internal sealed class RoundTimes
{
    private readonly Dictionary<string, double> round = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<double>> rounds = new(StringComparer.Ordinal);

    /// <summary>Adds to the time of a stage in this round.</summary>
    public void Add(string name, TimeSpan time) => round[name] = round.GetValueOrDefault(name) + time.TotalSeconds;

    public T Time<T>(string name, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        Add(name, Stopwatch.GetElapsedTime(start));
        return result;
    }

    /// <summary>Sets the time of a stage in this round to that of a whole less that of its part.</summary>
    public void AddRest(string name, string whole, string part) => round[name] = round[whole] - round[part];

    /// <summary>Ends a round; the next one starts from zero.</summary>
    public void EndRound()
    {
        foreach (var (name, seconds) in round)
        {
            if (!rounds.TryGetValue(name, out var list))
            {
                rounds[name] = list = [];
            }

            list.Add(seconds);
        }

        round.Clear();
    }

    /// <summary>Median over the rounds except the first, in seconds.</summary>
    public double Median(string name) => Measurement.Median([.. rounds[name].Skip(1)]);
}

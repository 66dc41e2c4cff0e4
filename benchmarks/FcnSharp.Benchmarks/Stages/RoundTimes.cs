using System.Diagnostics;

namespace FcnSharp.Benchmarks.Stages;

/// <summary>Where the time of a round went, by stage, over several rounds.</summary>
internal sealed class RoundTimes
{
    private readonly Dictionary<string, double> round = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<double>> rounds = new(StringComparer.Ordinal);

    /// <summary>Adds to what a stage took in this round.</summary>
    public void Add(string name, TimeSpan time) => round[name] = round.GetValueOrDefault(name) + time.TotalSeconds;

    public T Time<T>(string name, Func<T> work)
    {
        var start = Stopwatch.GetTimestamp();
        var result = work();
        Add(name, Stopwatch.GetElapsedTime(start));
        return result;
    }

    /// <summary>What a stage took in this round beyond a part of it.</summary>
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

    /// <summary>Median of the rounds but the first, in seconds.</summary>
    public double Median(string name) => Measurement.Median([.. rounds[name].Skip(1)]);
}

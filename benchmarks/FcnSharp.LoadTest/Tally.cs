using System.Collections.Concurrent;

namespace FcnSharp.LoadTest;

/// <summary>Counts answers and their times by what was sent and what came. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(RequestKind Kind, int Status), ConcurrentBag<TimeSpan>> answers = new();
    private readonly ConcurrentDictionary<string, int> broken = new(StringComparer.Ordinal);

    /// <summary>Whether there are answers, and each was the one for its request, or said that the service is full or too slow.</summary>
    public bool AllIntended => !answers.IsEmpty && answers.Keys.All(IsIntended);

    /// <param name="kind">What was sent.</param>
    /// <param name="status">What came; 0 if the connection broke.</param>
    /// <param name="time">From the first byte sent to the last one that came.</param>
    public void Add(RequestKind kind, int status, TimeSpan time) => answers.GetOrAdd((kind, status), _ => []).Add(time);

    /// <summary>Remembers why a connection broke.</summary>
    public void AddBroken(string why) => broken.AddOrUpdate(why, 1, (_, count) => count + 1);

    public void Print()
    {
        Console.WriteLine("sent                   answer    count   p50 s   p95 s   p99 s");
        foreach (var (key, times) in answers.OrderBy(entry => RequestKinds.All.ToList().IndexOf(entry.Key.Kind))
            .ThenBy(entry => entry.Key.Status))
        {
            var sorted = times.Order().ToList();
            Console.WriteLine(
                $"{key.Kind.Name,-21} {key.Status,7} {sorted.Count,8} {At(sorted, 0.50),7:F2} {At(sorted, 0.95),7:F2} " +
                $"{At(sorted, 0.99),7:F2}{(IsIntended(key) ? "" : "  not intended")}");
        }

        foreach (var (why, count) in broken)
        {
            Console.WriteLine($"{count} broken: {why}");
        }
    }

    /// <summary>503 and 504 are what a full service says, and one whose machine is too slow for those inside.</summary>
    private static bool IsIntended((RequestKind Kind, int Status) key) => key.Status == key.Kind.Status || key.Status is 503 or 504;

    private static double At(List<TimeSpan> sorted, double fraction) => sorted[(int)(fraction * (sorted.Count - 1))].TotalSeconds;
}

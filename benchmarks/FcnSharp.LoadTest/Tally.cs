using System.Collections.Concurrent;

namespace FcnSharp.LoadTest;

/// <summary>Counts answers and their times by what was sent and what came. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(string Sent, int Status, bool IsIntended), ConcurrentBag<TimeSpan>> answers = new();

    /// <summary>Whether there are answers, and all of them are intended.</summary>
    public bool AllIntended => !answers.IsEmpty && answers.Keys.All(key => key.IsIntended);

    /// <param name="sent">What was sent.</param>
    /// <param name="status">What came; 0 if the connection ended without an answer.</param>
    /// <param name="time">From the first byte sent to the last one that came.</param>
    /// <param name="isIntended">Whether the service shall answer so, and the answer is right.</param>
    public void Add(string sent, int status, TimeSpan time, bool isIntended) =>
        answers.GetOrAdd((sent, status, isIntended), _ => []).Add(time);

    public void Print()
    {
        Console.WriteLine("sent                            answer    count   p50 s   p95 s   p99 s");
        foreach (var (key, times) in answers.OrderBy(entry => entry.Key))
        {
            var sorted = times.Order().ToList();
            Console.WriteLine(
                $"{key.Sent,-30} {(key.Status == 0 ? "none" : key.Status),7} {sorted.Count,8} {At(sorted, 0.50),7:F2} " +
                $"{At(sorted, 0.95),7:F2} {At(sorted, 0.99),7:F2}{(key.IsIntended ? "" : "  not intended")}");
        }
    }

    private static double At(List<TimeSpan> sorted, double fraction) => sorted[(int)(fraction * (sorted.Count - 1))].TotalSeconds;
}

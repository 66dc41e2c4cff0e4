using System.Collections.Concurrent;

namespace FcnSharp.LoadTest;

/// <summary>Counts responses and their times by kind of request and status. Thread-safe.</summary>
internal sealed class Tally
{
    private readonly ConcurrentDictionary<(string Sent, int Status, bool IsIntended), ConcurrentBag<TimeSpan>> answers = new();

    /// <summary>Whether there are responses, and all of them were expected.</summary>
    public bool AllIntended => !answers.IsEmpty && answers.Keys.All(key => key.IsIntended);

    /// <param name="sent">The name of the request or attack.</param>
    /// <param name="status">The status; 0 if the connection ended without a response.</param>
    /// <param name="time">The time from the first byte sent to the last byte received.</param>
    /// <param name="isIntended">Whether the status is an expected one and the body is correct.</param>
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

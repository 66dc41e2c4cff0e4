using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FcnSharp.Support;

/// <summary>Runs items of work that take long, several at once.</summary>
internal static class ParallelWork
{
    /// <summary>Calls <paramref name="body"/> once for each number from 0 to <paramref name="count"/> - 1; they are started in
    /// order.</summary>
    /// <param name="count">How many items.</param>
    /// <param name="atOnce">How many to work on at once; null means one for each processor.</param>
    /// <param name="body">The work on one item. Its exception ends the whole and comes out as it is.</param>
    /// <param name="cancellationToken">Ends the work between two items.</param>
    public static void Run(int count, int? atOnce, Action<int> body, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions
        {
            MaxDegreeOfParallelism = atOnce ?? Environment.ProcessorCount,
            CancellationToken = cancellationToken,
        };
        try
        {
            Parallel.ForEach(Partitioner.Create(Enumerable.Range(0, count), EnumerablePartitionerOptions.NoBuffering), options, body);
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.Flatten().InnerExceptions[0]);
        }
    }
}

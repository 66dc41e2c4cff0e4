using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace FcnSharp.Support;

/// <summary>Runs long work items in parallel.</summary>
internal static class ParallelWork
{
    /// <summary>Calls <paramref name="body"/> once for each number from 0 to <paramref name="count"/> - 1, started in that
    /// order.</summary>
    /// <param name="count">Number of items.</param>
    /// <param name="atOnce">The largest number of items in progress at once; null means one for each processor.</param>
    /// <param name="body">The work on one item. An exception of it stops the run and is rethrown unwrapped.</param>
    /// <param name="cancellationToken">Stops the run between two items.</param>
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

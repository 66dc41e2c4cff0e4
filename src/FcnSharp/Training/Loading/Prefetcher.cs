using System.Diagnostics;
using System.Runtime.ExceptionServices;
using FcnSharp.Support;

namespace FcnSharp.Training.Loading;

/// <summary>Makes numbered things ahead on threads of its own, and hands them out in order.</summary>
/// <remarks>One reader at a time; <see cref="Dispose"/> may be called by another thread.</remarks>
internal sealed class Prefetcher<T> : IDisposable
{
    private readonly object gate = new();
    private readonly Func<long, CancellationToken, T> make;
    private readonly int ahead;
    private readonly CancellationToken cancellationToken;
    private readonly CancellationTokenSource stop;
    private readonly CancellationToken stopping;
    private readonly CancellationTokenRegistration wake;
    private readonly Thread[] workers;
    private readonly Dictionary<long, (T? Made, ExceptionDispatchInfo? Failure)> ready = [];
    private long next;
    private long taken;
    private long waitedTicks;
    private bool failed;
    private bool disposed;

    /// <param name="make">Makes number n; called by several threads at once. Its exception comes out where n would have.</param>
    /// <param name="workers">How many threads.</param>
    /// <param name="ahead">How many things, at most, are ready or in the making.</param>
    /// <param name="cancellationToken">Ends it, and a reader that waits.</param>
    public Prefetcher(Func<long, CancellationToken, T> make, int workers, int ahead, CancellationToken cancellationToken)
    {
        (this.make, this.ahead, this.cancellationToken) = (make, ahead, cancellationToken);
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stopping = stop.Token;
        wake = stopping.Register(Wake);
        this.workers = [.. Enumerable.Range(0, Math.Min(workers, ahead)).Select(number => new Thread(Work)
        {
            IsBackground = true,
            Name = Guard.Text($"FcnSharp loader {number}"),
        })];
        foreach (var worker in this.workers)
        {
            worker.Start();
        }
    }

    /// <summary>How long readers have waited in <see cref="Take"/>.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Interlocked.Read(ref waitedTicks));

    /// <summary>The next one in order, counted from 0; waits until it is made.</summary>
    /// <exception cref="OperationCanceledException">Cancelled or disposed of, whatever is ready.</exception>
    public T Take()
    {
        var since = Stopwatch.GetTimestamp();
        lock (gate)
        {
            (T? Made, ExceptionDispatchInfo? Failure) outcome;
            while (!TryTake(out outcome))
            {
                Monitor.Wait(gate);
            }

            Interlocked.Add(ref waitedTicks, Stopwatch.GetTimestamp() - since);
            outcome.Failure?.Throw();
            return outcome.Made!;
        }
    }

    /// <summary>Stops the threads and waits until they have ended, each after the one thing it works on at most.</summary>
    public void Dispose()
    {
        var first = !Interlocked.Exchange(ref disposed, true);
        if (first)
        {
            stop.Cancel();
        }

        foreach (var worker in workers)
        {
            worker.Join();
        }

        if (first)
        {
            wake.Dispose();
            stop.Dispose();
        }
    }

    private bool TryTake(out (T? Made, ExceptionDispatchInfo? Failure) outcome)
    {
        cancellationToken.ThrowIfCancellationRequested();
        stopping.ThrowIfCancellationRequested();
        if (!ready.Remove(taken, out outcome))
        {
            return false;
        }

        taken++;
        Monitor.PulseAll(gate);
        return true;
    }

    private void Work()
    {
        while (Claim() is { } number)
        {
            (T? Made, ExceptionDispatchInfo? Failure) outcome;
            try
            {
                outcome = (make(number, stopping), null);
            }
            catch (Exception exception)
            {
                outcome = (default, ExceptionDispatchInfo.Capture(exception));
            }

            lock (gate)
            {
                failed |= outcome.Failure is not null;
                ready.Add(number, outcome);
                Monitor.PulseAll(gate);
            }
        }
    }

    /// <summary>The next number to make, as soon as there is room for it; null when there is nothing left to do.</summary>
    private long? Claim()
    {
        lock (gate)
        {
            while (next >= taken + ahead && !failed && !stopping.IsCancellationRequested)
            {
                Monitor.Wait(gate);
            }

            return failed || stopping.IsCancellationRequested ? null : next++;
        }
    }

    private void Wake()
    {
        lock (gate)
        {
            Monitor.PulseAll(gate);
        }
    }
}

using System.Diagnostics;
using FcnSharp.Tests.Support;
using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class PrefetcherTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(4, 2)]
    [InlineData(3, 9)]
    public void Take_WhateverTheThreads_KeepsTheOrder(int workers, int ahead)
    {
        using var numbers = new Prefetcher<long>(
            (number, _) =>
            {
                Thread.Sleep((int)(number * 7 % 3));
                return number;
            },
            workers,
            ahead,
            CancellationToken.None);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => (long)i), Enumerable.Range(0, 60).Select(_ => numbers.Take()));
    }

    [Fact]
    public void Make_AsThingsAreTaken_IsNeverFurtherAheadThanTheBound()
    {
        const int Ahead = 5;
        var (taken, furthest) = (0L, 0L);
        using var made = new SemaphoreSlim(0);
        using var numbers = new Prefetcher<long>(
            (number, _) =>
            {
                lock (made)
                {
                    furthest = Math.Max(furthest, number + 1 - taken);
                }

                made.Release();
                return number;
            },
            workers: 3,
            Ahead,
            CancellationToken.None);

        for (var i = 0; i < 200; i++)
        {
            // Everything that may be made by now is made before the next thing is taken.
            for (var more = i == 0 ? Ahead : 1; more > 0; more--)
            {
                Assert.True(made.Wait(Long));
            }

            lock (made)
            {
                taken++;
            }

            numbers.Take();
        }

        Assert.Equal(Ahead, furthest);
    }

    [Fact]
    public void Take_OfWhatFailed_ThrowsItsExceptionAfterTheOnesBefore()
    {
        using var numbers = new Prefetcher<long>(
            (number, _) => number == 3 ? throw new IOException("number 3") : number, workers: 4, ahead: 8, CancellationToken.None);

        Assert.Equal([0L, 1L, 2L], Enumerable.Range(0, 3).Select(_ => numbers.Take()));
        Assert.Equal("number 3", Assert.Throws<IOException>(() => numbers.Take()).Message);
    }

    [Fact]
    public async Task Cancel_WhileAReaderWaits_WakesIt()
    {
        using var cancellation = new CancellationTokenSource();
        using var numbers = new Prefetcher<long>(
            (number, stopping) =>
            {
                stopping.WaitHandle.WaitOne();
                stopping.ThrowIfCancellationRequested();
                return number;
            },
            workers: 1,
            ahead: 1,
            cancellation.Token);
        var taking = Waiting.Start(numbers.Take);

        cancellation.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking.WaitAsync(Long));
    }

    [Fact]
    public void Take_AfterCancelling_ThrowsThoughThingsAreReady()
    {
        using var cancellation = new CancellationTokenSource();
        using var made = new SemaphoreSlim(0);
        using var numbers = new Prefetcher<long>(
            (number, _) =>
            {
                made.Release();
                return number;
            },
            workers: 1,
            ahead: 2,
            cancellation.Token);
        Assert.True(made.Wait(Long));
        Assert.True(made.Wait(Long)); // so the first one is ready

        cancellation.Cancel();

        Assert.Equal(cancellation.Token, Assert.ThrowsAny<OperationCanceledException>(() => numbers.Take()).CancellationToken);
    }

    [Fact]
    public void Dispose_LeavesNoThread()
    {
        var threads = new System.Collections.Concurrent.ConcurrentDictionary<Thread, bool>();
        var numbers = new Prefetcher<long>(
            (number, _) =>
            {
                threads.TryAdd(Thread.CurrentThread, true);
                return number;
            },
            workers: 4,
            ahead: 4,
            CancellationToken.None);
        numbers.Take();

        numbers.Dispose();
        numbers.Dispose();

        Assert.NotEmpty(threads);
        Assert.All(threads.Keys, thread => Assert.False(thread.IsAlive));
        Assert.ThrowsAny<OperationCanceledException>(() => Enumerable.Range(0, 10).Select(_ => numbers.Take()).ToList());
    }

    [Fact]
    public async Task Waited_OfAReader_IsTheTimeFromItsCallUntilTheThingIsMade()
    {
        using var permission = new SemaphoreSlim(0);
        using var numbers = new Prefetcher<long>(
            (number, stopping) =>
            {
                permission.Wait(stopping);
                return number;
            },
            workers: 1,
            ahead: 1,
            CancellationToken.None);
        var (atLeast, atMost) = (TimeSpan.Zero, TimeSpan.Zero);

        for (var i = 0; i < 3; i++)
        {
            var beforeTheCall = Stopwatch.GetTimestamp();
            var taking = Waiting.Start(numbers.Take);
            var inTheCall = Stopwatch.GetTimestamp();
            atLeast += Stopwatch.GetElapsedTime(inTheCall);
            permission.Release();
            await taking;
            atMost += Stopwatch.GetElapsedTime(beforeTheCall);
        }

        Assert.InRange(numbers.Waited, atLeast, atMost);
    }
}

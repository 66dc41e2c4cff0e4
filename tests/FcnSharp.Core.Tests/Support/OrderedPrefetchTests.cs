using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

public class OrderedPrefetchTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public async Task Run_WhateverTheWorkTakes_KeepsTheOrder(int ahead)
    {
        var results = OrderedPrefetch.Run(
            Numbers(60),
            async (number, cancellation) =>
            {
                await Task.Delay((int)(number * 7 % 3), cancellation);
                return number * 2;
            },
            ahead,
            CancellationToken.None);

        var list = await results.Select(async (pair, _, _) => (pair.Item, await pair.Work)).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 60).Select(i => ((long)i, i * 2L)), list);
    }

    [Fact]
    public async Task Run_AsResultsAreTaken_IsNeverFurtherAheadThanTheBound()
    {
        const int Ahead = 5;
        var (taken, furthest) = (0L, 0L);
        using var begun = new SemaphoreSlim(0);
        var results = OrderedPrefetch.Run(
            Numbers(200),
            (number, _) =>
            {
                lock (begun)
                {
                    furthest = Math.Max(furthest, number + 1 - taken);
                }

                begun.Release();
                return Task.FromResult(number);
            },
            Ahead,
            CancellationToken.None).GetAsyncEnumerator();

        await using (results)
        {
            // Work starts when the first item is requested; the next items are then prefetched.
            for (var i = 0; i < 200 - Ahead; i++)
            {
                lock (begun)
                {
                    taken++;
                }

                Assert.True(await results.MoveNextAsync());
                for (var more = i == 0 ? Ahead + 1 : 1; more > 0; more--)
                {
                    Assert.True(await begun.WaitAsync(Long));
                }
            }
        }

        Assert.Equal(Ahead, furthest);
    }

    [Fact]
    public async Task Run_OfWhatFailed_GivesItsExceptionInItsPlace()
    {
        var results = OrderedPrefetch.Run(
            Numbers(5), (number, _) => number == 3 ? throw new IOException("number 3") : Task.FromResult(number), ahead: 8,
            CancellationToken.None);

        var outcomes = new List<string>();
        await foreach (var (_, work) in results)
        {
            await Task.WhenAny(work);
            outcomes.Add(work.Exception?.InnerException?.Message ?? $"{await work}");
        }

        Assert.Equal(["0", "1", "2", "number 3", "4"], outcomes);
    }

    [Fact]
    public async Task Cancel_WhileAReaderWaits_WakesIt()
    {
        using var cancellation = new CancellationTokenSource();
        var results = OrderedPrefetch.Run(
            Endless(), (number, _) => Task.FromResult(number), ahead: 1, cancellation.Token).GetAsyncEnumerator();
        var moving = results.MoveNextAsync().AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => moving.WaitAsync(Long));
        await results.DisposeAsync();

        static async IAsyncEnumerable<long> Endless(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            yield return 0;
        }
    }

    [Fact]
    public async Task Dispose_WhileWorkRuns_WaitsForItAndStartsNoMore()
    {
        var (begun, ended) = (0, 0);
        var results = OrderedPrefetch.Run(
            Numbers(1000),
            async (number, cancellation) =>
            {
                Interlocked.Increment(ref begun);
                try
                {
                    await Task.Delay(number == 0 ? 0 : 10_000, cancellation);
                    return number;
                }
                finally
                {
                    Interlocked.Increment(ref ended);
                }
            },
            ahead: 4,
            CancellationToken.None).GetAsyncEnumerator();
        Assert.True(await results.MoveNextAsync());
        await results.Current.Work;

        await results.DisposeAsync().AsTask().WaitAsync(Long);

        Assert.InRange(begun, 1, 6);
        Assert.Equal(begun, ended);
    }

    private static IAsyncEnumerable<long> Numbers(int count) => Enumerable.Range(0, count).Select(i => (long)i).ToAsyncEnumerable();
}

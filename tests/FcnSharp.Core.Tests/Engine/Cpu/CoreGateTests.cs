using FcnSharp.Engine.Cpu;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine.Cpu;

public class CoreGateTests
{
    [Fact]
    public void Take_Alone_GetsAllThreadsEachTime()
    {
        var gate = new CoreGate(4);

        for (var i = 0; i < 3; i++)
        {
            var share = gate.Take(4, CancellationToken.None);
            Assert.Equal(4, share);
            gate.Release(share);
        }
    }

    [Fact]
    public void Take_OfOneThread_LeavesTheOthersToOtherEngines()
    {
        var gate = new CoreGate(4);

        Assert.Equal(1, gate.Take(1, CancellationToken.None));
        Assert.Equal(2, gate.Take(4, CancellationToken.None));
        Assert.Equal(1, gate.Take(4, CancellationToken.None));
    }

    [Fact]
    public async Task Take_MoreThanThereAre_GetsThemAlone()
    {
        var gate = new CoreGate(2);
        var many = gate.Take(8, CancellationToken.None);
        var second = Waiting.Start(() => gate.Take(2, CancellationToken.None));

        gate.Release(many);

        Assert.Equal(8, many);
        Assert.Equal(1, await second);
    }

    [Fact]
    public async Task Take_WhileAnotherHasAll_WaitsAndThenGetsItsPart()
    {
        var gate = new CoreGate(4);
        var all = gate.Take(4, CancellationToken.None);
        var second = Waiting.Start(() => gate.Take(4, CancellationToken.None));

        gate.Release(all);

        Assert.Equal(2, await second);
        Assert.Equal(2, gate.Take(4, CancellationToken.None));
    }

    [Fact]
    public async Task Take_Cancelled_LeavesTheQueue()
    {
        var gate = new CoreGate(2);
        var all = gate.Take(2, CancellationToken.None);
        using var cancellation = new CancellationTokenSource();
        var second = Waiting.Start(() => gate.Take(2, cancellation.Token));

        await cancellation.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => second);
        gate.Release(all);
        gate.Release(gate.Take(2, CancellationToken.None));
        Assert.Equal(2, gate.Take(2, CancellationToken.None));
    }

    [Fact]
    public void Take_FromManyThreads_NeverGivesMoreThanThereAre()
    {
        var gate = new CoreGate(3);
        var (used, most) = (0, 0);

        // Yields, so that the other callers can take threads too.
        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            var share = gate.Take(3, CancellationToken.None);
            InterlockedMax(ref most, Interlocked.Add(ref used, share));
            Thread.Yield();
            Interlocked.Add(ref used, -share);
            gate.Release(share);
        });

        Assert.InRange(most, 1, 3);
        Assert.Equal(0, used);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}

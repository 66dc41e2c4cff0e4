using FcnSharp.Engine.Cpu;

namespace FcnSharp.Tests.Engine.Cpu;

public class ScratchMemoryTests
{
    [Fact]
    public void Rent_TheLowestGapThatHasRoom_IsTaken()
    {
        using var memory = new ScratchMemory(160);
        ScratchBuffer[] buffers = [memory.Rent(32), memory.Rent(16), memory.Rent(48)];
        memory.Return(buffers[0]);

        var (tooLarge, fits, rest) = (memory.Rent(33), memory.Rent(1), memory.Rent(16));

        Assert.Equal([96, 0, 16], [tooLarge.Start, fits.Start, rest.Start]);
        Assert.All([tooLarge, fits, rest], buffer => Assert.Same(memory, buffer.Memory));
    }

    [Fact]
    public unsafe void Rent_AnyLength_StartsAtACacheLineAndOverlapsNothing()
    {
        using var memory = new ScratchMemory(1 << 16);
        var buffers = Enumerable.Range(1, 40).Select(length => memory.Rent(7 * length)).ToList();

        for (var i = 0; i < buffers.Count; i++)
        {
            Assert.Equal(0, (nint)buffers[i].Pointer % 64);
            Assert.True(buffers[i].Length >= 7 * (i + 1));
            Assert.True(i == 0 || buffers[i].Pointer >= buffers[i - 1].Pointer + buffers[i - 1].Length);
        }
    }

    [Fact]
    public void Rent_WithoutRoom_GivesMemoryOfItsOwnWhichGoesWhenItIsReturned()
    {
        using var memory = new ScratchMemory(64);
        memory.Rent(32);

        var own = memory.Rent(48);
        memory.Return(own);

        Assert.NotSame(memory, own.Memory);
        Assert.True(own.Memory.IsClosed);
        Assert.False(memory.IsClosed);
    }

    [Fact]
    public void Clear_MemoryOfItsOwnThatWasNotReturned_GoesToo()
    {
        using var memory = new ScratchMemory(64);
        ScratchBuffer[] kept = [memory.Rent(100), memory.Rent(200)];

        memory.Clear();

        Assert.All(kept, buffer => Assert.True(buffer.Memory.IsClosed));
        Assert.Same(memory, memory.Rent(64).Memory);
    }

    [Fact]
    public void Take_AfterReturn_GivesTheSameMemoryEmpty()
    {
        var pool = new ScratchPool(maxIdleFloats: 1000);
        var first = pool.Take(512);
        first.Rent(512);
        pool.Return(first);

        var again = pool.Take(400);

        Assert.Same(first, again);
        Assert.Same(again, again.Rent(512).Memory);
        pool.Return(again);
        pool.Clear();
        Assert.True(again.IsClosed);
    }

    [Fact]
    public void Take_AfterMemoryThatWasTooSmall_HasRoomForTheSame()
    {
        var pool = new ScratchPool(maxIdleFloats: 10_000);
        var first = pool.Take(512);
        first.Rent(512);
        first.Rent(128);
        pool.Return(first);

        var second = pool.Take(512);

        Assert.True(first.IsClosed);
        Assert.Same(second, second.Rent(512).Memory);
        Assert.Same(second, second.Rent(128).Memory);
        second.Dispose();
    }

    [Fact]
    public void Return_MoreThanMayBeIdle_DropsTheOldest()
    {
        var pool = new ScratchPool(maxIdleFloats: 1000);
        var (old, young, large) = (pool.Take(600), pool.Take(500), pool.Take(2000));

        pool.Return(old);
        pool.Return(young);
        Assert.Equal((true, false), (old.IsClosed, young.IsClosed));

        pool.Return(large);
        Assert.Equal((true, true), (young.IsClosed, large.IsClosed));
    }
}

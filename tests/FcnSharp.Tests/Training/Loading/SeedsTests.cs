using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class SeedsTests
{
    /// <summary>The first three numbers of the SplitMix64 reference implementation (Vigna) for the state 1234567.</summary>
    [Fact]
    public void Finish_OfTheReferenceCounter_GivesTheReferenceNumbers()
    {
        ulong[] numbers = [.. Enumerable.Range(1, 3).Select(i => Seeds.Finish(unchecked(1234567 + ((ulong)i * Seeds.Golden))))];

        Assert.Equal([6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL], numbers);
    }

    [Fact]
    public void Mix_OfManyPositions_NeverRepeats()
    {
        var mixed = (from seed in Enumerable.Range(-2, 5) from a in Enumerable.Range(-1, 40) from b in Enumerable.Range(
            -1, 200) select Seeds.Mix(seed, a, b)).ToList();

        Assert.Equal(mixed.Count, mixed.Distinct().Count());
    }

    [Fact]
    public void Mix_OfNeighbours_IsEvenInEveryBit()
    {
        var ones = new int[64];
        for (var position = 0; position < 4096; position++)
        {
            var mixed = Seeds.Mix(seed: 1, a: 0, position);
            for (var bit = 0; bit < 64; bit++)
            {
                ones[bit] += (int)(mixed >> bit) & 1;
            }
        }

        Assert.All(ones, count => Assert.InRange(count, 2048 - 160, 2048 + 160)); // five standard deviations
    }

    [Fact]
    public void NextIndex_OverAWhile_IsEven()
    {
        var random = new SeededRandom(7);
        var counts = new int[10];
        for (var i = 0; i < 10000; i++)
        {
            counts[random.NextIndex(10)]++;
        }

        Assert.All(counts, count => Assert.InRange(count, 850, 1150)); // five standard deviations
    }
}

using FcnSharp.Training.Loading;

namespace FcnSharp.Torch.Tests.Training.Loading;

public class EpochOrderTests
{
    [Fact]
    public void Of_AnyEpoch_IsAPermutationOfItsOwn()
    {
        var order = new EpochOrder(50, seed: 3);

        int[][] epochs = [.. Enumerable.Range(0, 5).Select(epoch => order.Of(epoch).ToArray())];

        Assert.All(epochs, epoch => Assert.Equal(Enumerable.Range(0, 50), epoch.Order()));
        Assert.Equal(5, epochs.Select(epoch => string.Join(',', epoch)).Distinct().Count());
    }

    [Fact]
    public void Of_AnEpochAskedForAgainLater_IsTheSame()
    {
        var order = new EpochOrder(20, seed: 3);

        var first = order.Of(0).ToArray();
        order.Of(1);
        order.Of(2);

        Assert.Equal(first, order.Of(0));
        Assert.Equal(first, new EpochOrder(20, seed: 3).Of(0));
        Assert.NotEqual(first, new EpochOrder(20, seed: 4).Of(0));
    }

    [Fact]
    public void Of_ManyEpochs_PutsEveryPictureEverywhere()
    {
        var order = new EpochOrder(4, seed: 1);
        var counts = new int[4, 4];
        for (var epoch = 0; epoch < 4000; epoch++)
        {
            var pictures = order.Of(epoch);
            for (var place = 0; place < 4; place++)
            {
                counts[place, pictures[place]]++;
            }
        }

        Assert.All(counts.Cast<int>(), count => Assert.InRange(count, 1000 - 140, 1000 + 140)); // five standard deviations
    }
}

using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

public class ExampleKeeperTests
{
    [Fact]
    public void Offer_WhatCannotBeKept_IsNotMade()
    {
        var keeper = new ExampleKeeper(count: 2);
        double[] offers = [0.5, 0.3, 0.7, 0.2, 0.8, 0.5, 0.1, 0.9, 0.25, 0.75];

        var made = offers.Where((meanIoU, index) => Offer(keeper, index, meanIoU)).ToList();

        Assert.Equal([0.5, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9], made);
        Assert.Equal([0.2, 0.8, 0.1, 0.9], Kept(keeper, offers.Length).Select(example => example.Score.MeanIoU!.Value));
    }

    [Fact]
    public void Offer_ToAKeeperOfNone_MakesNothing()
    {
        var keeper = new ExampleKeeper(count: 0);

        Assert.False(Offer(keeper, 0, 0.5));
        Assert.Null(keeper.Find(0));
    }

    [Fact]
    public void Offer_EqualScores_KeepsTheFirstAndTheLastInAnyOrder()
    {
        var (forward, backward) = (new ExampleKeeper(count: 2), new ExampleKeeper(count: 2));
        for (var i = 0; i < 6; i++)
        {
            Offer(forward, i, 0.5);
            Offer(backward, 5 - i, 0.5);
        }

        Assert.Equal(["p0", "p1", "p4", "p5"], Kept(forward, 6).Select(example => example.Score.Name));
        Assert.Equal(["p0", "p1", "p4", "p5"], Kept(backward, 6).Select(example => example.Score.Name));
    }

    private static IEnumerable<EvaluationExample> Kept(ExampleKeeper keeper, int offered) =>
        Enumerable.Range(0, offered).Select(keeper.Find).OfType<EvaluationExample>();

    /// <summary>Whether the keeper called the function that creates the example.</summary>
    private static bool Offer(ExampleKeeper keeper, int index, double meanIoU)
    {
        var made = false;
        keeper.Offer(index, meanIoU, () =>
        {
            made = true;
            var labels = new LabelMap(new byte[1], 1, 1);
            return new EvaluationExample(
                new EvaluatedPicture($"p{index}", meanIoU, 1), TestPictures.Flat(1, 1, default), labels, labels);
        });
        return made;
    }
}

using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

public class ExampleChoiceTests
{
    [Fact]
    public void Of_PicturesThatAllDiffer_TakesTheLowestAndTheHighestScores()
    {
        var pictures = Enumerable.Range(0, 6).Select(i => Candidate(i, 0.1 * i, gray: 50 * i));

        var (worst, best) = ExampleChoice.Of(pictures, count: 2);

        Assert.Equal([0, 1], worst);
        Assert.Equal([5, 4], best);
    }

    [Fact]
    public void Of_NeighboursInAVideo_TakesOneOfEachScene()
    {
        int[] scenes = [10, 11, 12, 100, 101, 102, 190, 191, 192, 250, 251, 252];
        var pictures = scenes.Select((gray, i) => Candidate(i, 0.01 * i, gray));

        var (worst, best) = ExampleChoice.Of(pictures, count: 2);

        Assert.Equal([0, 3], worst);
        Assert.Equal([11, 8], best);
    }

    [Fact]
    public void Of_ACameraThatHardlyMoves_TakesThoseThatDifferMostReadily()
    {
        int[] shades = [10, 10, 18, 18, 26, 26, 34, 34, 42, 42, 50, 50];
        var pictures = shades.Select((gray, i) => Candidate(i, 0.01 * i, gray));

        var (worst, _) = ExampleChoice.Of(pictures, count: 3);

        Assert.Equal([0, 2, 4], worst);
    }

    [Fact]
    public void Of_PicturesThatAreAllTheSame_TakesTheEarlierOnesAsTheWorse()
    {
        var pictures = Enumerable.Range(0, 6).Select(i => Candidate(5 - i, 0.5, gray: 90));

        var (worst, best) = ExampleChoice.Of(pictures, count: 2);

        Assert.Equal([0, 1], worst);
        Assert.Equal([5, 4], best);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 1)]
    [InlineData(5, 2, 3)]
    [InlineData(9, 4, 4)]
    public void Of_FewPictures_TakesNoneTwice(int pictures, int worst, int best)
    {
        var chosen = ExampleChoice.Of(Enumerable.Range(0, pictures).Select(i => Candidate(i, 0.1, gray: 0)), count: 4);

        Assert.Equal((worst, best), (chosen.Worst.Count, chosen.Best.Count));
        Assert.Equal(worst + best, chosen.Worst.Union(chosen.Best).Count());
    }

    private static ExampleCandidate Candidate(int index, double meanIoU, int gray) =>
        ExampleCandidate.Of(index, meanIoU, TestPictures.Flat(4, 3, new RgbColor((byte)gray, (byte)gray, (byte)gray)));
}

using FcnSharp.Evaluation;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Evaluation;

public class EvaluationExampleTests
{
    [Theory]
    [InlineData(300_000, 1)]
    [InlineData(1, 300_000)]
    public void Scaled_OfALongPicture_TakesTheIdsAtTheCentres(int width, int height)
    {
        var ids = Enumerable.Range(0, 300_000).Select(i => (byte)(i >> 12)).ToArray();
        var labels = new LabelMap(ids, width, height);
        var score = new EvaluatedPicture("long", 1, 1);

        var example = EvaluationExample.Scaled(score, TestPictures.Flat(width, height, default), labels, labels, longestSide: 4096);

        Assert.Equal(
            Enumerable.Range(0, 4096).Select(i => ids[(int)((i + 0.5) * 300_000 / 4096)]), example.Truth.Labels.ToArray());
    }
}

using FcnSharp.Evaluation.Charts;

namespace FcnSharp.Tests.Evaluation.Charts;

public class ScaleTests
{
    [Theory]
    [InlineData(1, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(0.73, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7")]
    [InlineData(2.16, "0 0.5 1 1.5 2")]
    [InlineData(800, "0 200 400 600 800")]
    [InlineData(5, "0 1 2 3 4 5")]
    [InlineData(0.0004, "0 0.0001 0.0002 0.0003 0.0004")]
    public void Marks_OfAnyRange_AreRoundAndFourAtLeast(double most, string expected)
    {
        var marks = new Scale(most, 0, 100).Marks();

        Assert.Equal(expected, string.Join(' ', marks.Select(mark => FormattableString.Invariant($"{mark:0.######}"))));
    }

    [Theory]
    [InlineData(2.16, 2.5)]
    [InlineData(0.73, 0.8)]
    [InlineData(2, 2)]
    public void UpToAMark_EndsWithTheNextMark(double most, double end)
    {
        var scale = Scale.UpToAMark(most, from: 200, to: 0);

        Assert.Equal(end, scale.Marks().Last(), 12);
        Assert.Equal(0, scale.At(end), 9);
        Assert.Equal(200, scale.At(0), 9);
    }
}

using FcnSharp.Evaluation.Charts;

namespace FcnSharp.Tests.Evaluation.Charts;

public class CurveTests
{
    [Fact]
    public void Smoothed_AStraightLine_StaysButForItsEnd()
    {
        var smooth = Line(90).Smoothed("bold");

        Assert.Equal(Line(90).Points.Take(87), smooth.Points.Take(87));
        Assert.Equal(3 * 87.5, smooth.Points.Last().Value, 12);
        Assert.Equal("bold", smooth.Kind);
    }

    [Fact]
    public void Smoothed_Noise_IsTheMeanOfNeighbours()
    {
        var part = Enumerable.Range(0, 300).Select(i => new CurvePoint(i, i % 2 == 0 ? 0 : 11)).ToList();

        var smooth = new Curve("", "", [part]).Smoothed("").Points.ToList();

        Assert.Equal(10 * 11 / 21.0, smooth[150].Value, 12);
        Assert.Equal(6 * 11 / 11.0, smooth[299].Value, 12);
        Assert.Equal(0, smooth[0].Value);
    }

    [Fact]
    public void Smoothed_FewPoints_StayAsTheyAre() => Assert.Equal(Line(29).Points, Line(29).Smoothed("").Points);

    [Theory]
    [InlineData(1000, 1000)]
    [InlineData(1001, 501)]
    [InlineData(15_000, 1000)]
    public void Thinned_KeepsTheLastPoint(int before, int after)
    {
        var thin = Line(before).Thinned().Points.ToList();

        Assert.Equal(after, thin.Count);
        Assert.Equal(before - 1, thin[^1].Step);
    }

    private static Curve Line(int points) => new("", "", [[.. Enumerable.Range(0, points).Select(i => new CurvePoint(i, 3 * i))]]);
}

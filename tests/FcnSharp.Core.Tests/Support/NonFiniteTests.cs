using FcnSharp.Support;

namespace FcnSharp.Tests.Support;

public class NonFiniteTests
{
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void IndexIn_AnyPlace_IsFound(float value)
    {
        foreach (var length in new[] { 1, 7, 64, 4096, 4099, 9001 })
        {
            foreach (var place in new[] { 0, length / 2, length - 1 })
            {
                var values = new float[length];
                Array.Fill(values, -float.MaxValue);
                values[place] = value;

                Assert.Equal(place, NonFinite.IndexIn(values));
            }
        }
    }

    [Fact]
    public void IndexIn_FiniteValues_IsNone()
    {
        var values = new float[9001];
        Array.Fill(values, float.MaxValue);
        values[5] = float.Epsilon;
        values[6] = -0f;

        Assert.Equal(-1, NonFinite.IndexIn(values));
        Assert.Equal(-1, NonFinite.IndexIn([]));
    }
}

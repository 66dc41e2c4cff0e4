namespace FcnSharp.Tests.Support;

/// <summary>Compares maps of scores.</summary>
internal static class Closeness
{
    /// <summary>Asserts that no value differs by more than <paramref name="tolerance"/> times the largest, and that the largest is not next
    /// to nothing.</summary>
    public static void Assert(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        var (largest, difference) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }

        Xunit.Assert.True(largest > 0.1, $"{what} says nothing: max|y| is {largest}");
        Xunit.Assert.True(difference <= tolerance * largest, $"{what}: difference {difference} against max|y| {largest}");
    }
}

using System.Globalization;
using FcnSharp.Engine;

namespace FcnSharp.Tests.Support;

/// <summary>Compares scores. A tolerance is relative to the largest expected score, since rounding errors grow with the largest score, not
/// with each score.</summary>
internal static class Closeness
{
    /// <summary>PyTorch, libtorch or ONNX Runtime against an engine of this library: the order of summation differs.</summary>
    public const double ToPyTorch = 1e-4;

    /// <summary>Two implementations of this library on the same input.</summary>
    public const double BetweenEngines = 1e-5;

    /// <summary>One implementation, with the same image in a batch and alone.</summary>
    public const double BatchToSingle = 5e-6;

    /// <summary>The smallest value of the largest score for which a comparison is meaningful.</summary>
    private const double Vanishing = 0.1;

    /// <summary>Asserts that no score differs by more than <paramref name="tolerance"/> times the largest. The figure goes to the test's
    /// output, and into the message.</summary>
    public static void Assert(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, string what)
    {
        Xunit.Assert.Equal(expected.Length, actual.Length);
        var largest = Largest(expected);
        var difference = LargestDifference(expected, actual);
        var figure = string.Create(
            CultureInfo.InvariantCulture,
            $"{what}: {difference / largest:0.0e+0} of the largest score, {largest:g3}; allowed {tolerance:0e+0}");
        TestContext.Current.TestOutputHelper?.WriteLine(figure);

        Xunit.Assert.True(largest > Vanishing, $"says nothing, the largest score is too small. {figure}");
        Xunit.Assert.True(difference <= tolerance * largest, figure);
    }

    /// <inheritdoc cref="Assert(ReadOnlySpan{float}, ReadOnlySpan{float}, double, string)"/>
    public static void Assert(ScoreMap expected, ScoreMap actual, double tolerance)
    {
        Xunit.Assert.Equal((expected.NumClasses, expected.Height, expected.Width), (actual.NumClasses, actual.Height, actual.Width));
        Assert(expected.Values.Span, actual.Values.Span, tolerance, $"{expected.Width}x{expected.Height}");
    }

    /// <summary>Asserts that two results differ by more than <paramref name="share"/> of the largest score, which shows that the scores
    /// depend on the picture.</summary>
    public static void AssertApart(ReadOnlySpan<float> one, ReadOnlySpan<float> other, double share, string what)
    {
        Xunit.Assert.Equal(one.Length, other.Length);
        var apart = LargestDifference(one, other) / Math.Max(Largest(one), Largest(other));

        Xunit.Assert.True(apart > share, $"{what}: two pictures' answers differ by {apart} of the largest score, which is at most {share}");
    }

    private static double Largest(ReadOnlySpan<float> values)
    {
        var largest = 0.0;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static double LargestDifference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        var difference = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }

        return difference;
    }
}

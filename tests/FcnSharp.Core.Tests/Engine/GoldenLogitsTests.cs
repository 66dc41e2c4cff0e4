using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>The engine against logits that PyTorch computed at full width, from the same hash-filled weights.</summary>
public class GoldenLogitsTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, FcnVariant, FcnLayout, bool> Networks => new()
    {
        { "compact-fcn8s", FcnVariant.Fcn8s, FcnLayout.Compact, false },
        { "compact-fcn16s", FcnVariant.Fcn16s, FcnLayout.Compact, false },
        { "compact-fcn32s", FcnVariant.Fcn32s, FcnLayout.Compact, false },
        { "paper-fcn8s", FcnVariant.Fcn8s, FcnLayout.Original, false },
        { "paper-fcn8s-atonce", FcnVariant.Fcn8s, FcnLayout.Original, true },
        { "paper-fcn16s", FcnVariant.Fcn16s, FcnLayout.Original, false },
        { "paper-fcn32s", FcnVariant.Fcn32s, FcnLayout.Original, false },
    };

    [Fact]
    public void GoldenFiles_AllOfThem_BelongToOneOfTheNetworks()
    {
        var names = Networks.Select(row => row.Data.Item1).ToHashSet();

        Assert.All(GoldenFiles("*"), file => Assert.Contains(NetworkOf(file), names));
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Score_OfAHashFilledNetwork_EqualsPyTorch(string name, FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        using var engine = new PlainEngine(FilledNetwork.Create(new FcnOptions { Variant = variant, Layout = layout, AtOnce = atOnce }));
        var files = GoldenFiles($"{name}-*").Where(file => NetworkOf(file) == name).ToList();
        Assert.NotEmpty(files);

        foreach (var file in files)
        {
            var golden = GoldenTensors.Read(file);
            var (x, y) = (golden["x"], golden["y"]);

            var scores = engine.Score(x.Values.Span, x.Shape[2], x.Shape[3]);

            Assert.Equal(y.Shape.AsSpan()[1..], [scores.NumClasses, scores.Height, scores.Width]);
            AssertClose(y.Values.Span, scores.Values.Span, Path.GetFileName(file));
        }
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string file)
    {
        var (largest, difference) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(expected[i]));
            difference = Math.Max(difference, Math.Abs((double)expected[i] - actual[i]));
        }

        Assert.True(largest > 0.1, $"{file} says nothing: max|y| is {largest}");
        Assert.True(difference <= Tolerance * largest, $"{file}: difference {difference} against max|y| {largest}");
    }

    private static string[] GoldenFiles(string pattern) => Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden"), $"{pattern}.safetensors");

    /// <summary>The name before the size: <c>paper-fcn8s-64x96</c> is of <c>paper-fcn8s</c>.</summary>
    private static string NetworkOf(string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        return name[..name.LastIndexOf('-')];
    }
}

using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>The engine against <see cref="GoldenLogits"/>.</summary>
public class GoldenLogitsTests
{
    public static TheoryData<string, FcnVariant, FcnLayout, bool> Networks => GoldenLogits.Networks;

    [Fact]
    public void GoldenFiles_AllOfThem_BelongToOneOfTheNetworks() =>
        Assert.Equal(Networks.Select(row => row.Data.Item1).Order(), GoldenLogits.FilesByNetwork.Select(files => files.Key).Order());

    [Theory]
    [MemberData(nameof(Networks))]
    public void Score_OfAHashFilledNetwork_EqualsPyTorch(string name, FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        using var engine = new PlainEngine(FilledNetwork.Create(new FcnOptions { Variant = variant, Layout = layout, AtOnce = atOnce }));

        GoldenLogits.AssertAllOf(name, x =>
        {
            var scores = engine.Score(x.Values.Span, x.Shape[2], x.Shape[3]);
            Assert.Equal((21, x.Shape[2], x.Shape[3]), (scores.NumClasses, scores.Height, scores.Width));
            return scores.Values;
        });
    }
}

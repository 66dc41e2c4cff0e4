using FcnSharp.Engine;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>Both managed engines against <see cref="GoldenLogits"/>.</summary>
public class GoldenLogitsTests
{
    public static TheoryData<string> OfValues => GoldenLogits.OfValues;

    public static TheoryData<string> OfPictures => GoldenLogits.OfPictures;

    [Fact]
    public void GoldenFiles_AllOfThem_AreThere() =>
        Assert.Equal((7, 3, 15), (OfValues.Count, GoldenLogits.OfBatchNorm.Count, OfPictures.Count));

    [Theory]
    [MemberData(nameof(OfValues))]
    public void Score_OfValues_EqualsPyTorch(string network)
    {
        using var engine = new PlainEngine(GoldenLogits.Network(network));

        GoldenLogits.AssertForValues(network, x =>
        {
            var scores = engine.Score(x.Values.Span, x.Shape[2], x.Shape[3]);
            Assert.Equal((21, x.Shape[2], x.Shape[3]), (scores.NumClasses, scores.Height, scores.Width));
            return scores.Values.ToArray();
        });
    }

    [Theory]
    [MemberData(nameof(OfPictures))]
    public void Score_OfPictures_EqualsPyTorchAtEveryWidthOfRegister(string network)
    {
        var filled = GoldenLogits.Network(network);

        foreach (var lanes in KernelWidths.Lanes)
        {
            using var engine = new CpuEngine(filled, options: null, KernelWidths.Of(lanes));
            GoldenLogits.AssertForPictures(network, picture => engine.Score(picture), $"{32 * lanes} bits");
        }

        using var plain = new PlainEngine(filled);
        GoldenLogits.AssertForPictures(network, picture => plain.Score(picture), "plain");
    }
}

using FcnSharp.Engine;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>The managed engine against <see cref="GoldenLogits"/> of pictures. The modules are tested against those of numbers.</summary>
public class GoldenLogitsTests
{
    public static TheoryData<string> OfPictures => GoldenLogits.OfPictures;

    [Fact]
    public void GoldenFiles_AllOfThem_AreThere() =>
        Assert.Equal((7, 3, 26), (GoldenLogits.OfValues.Count, GoldenLogits.OfBatchNorm.Count, OfPictures.Count));

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
    }
}

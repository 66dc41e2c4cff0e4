using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>The modules against <see cref="GoldenLogits"/>.</summary>
public class GoldenLogitsTests
{
    public static TheoryData<string, FcnVariant, FcnLayout, bool> Networks => GoldenLogits.Networks;

    [Theory]
    [MemberData(nameof(Networks))]
    public void Forward_OfAHashFilledNetwork_EqualsPyTorch(string name, FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        using var module = FcnModule.From(FilledNetwork.Create(new FcnOptions { Variant = variant, Layout = layout, AtOnce = atOnce }));

        GoldenLogits.AssertAllOf(name, x => FcnModule.Score(module, x.Values, x.Shape[2], x.Shape[3]));
    }
}

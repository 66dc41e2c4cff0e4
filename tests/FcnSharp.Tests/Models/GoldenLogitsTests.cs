using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>The modules against <see cref="GoldenLogits"/>.</summary>
public class GoldenLogitsTests
{
    public static TheoryData<string> OfValuesAndBatchNorm =>
        [.. GoldenLogits.OfValues.Concat(GoldenLogits.OfBatchNorm).Select(row => row.Data)];

    public static TheoryData<string> OfPictures => GoldenLogits.OfPictures;

    [Theory]
    [MemberData(nameof(OfValuesAndBatchNorm))]
    public void Forward_OfValues_EqualsPyTorch(string network)
    {
        using var module = FcnModule.From(GoldenLogits.Network(network));

        GoldenLogits.AssertForValues(network, x => ModuleScores.Of(module, x.Values, x.Shape[2], x.Shape[3]));
    }

    [Theory]
    [MemberData(nameof(OfPictures))]
    public void Forward_OfNormalisedPictures_EqualsPyTorch(string network)
    {
        using var module = FcnModule.From(GoldenLogits.Network(network));

        GoldenLogits.AssertForPictures(network, picture =>
        {
            var (cells, values) = (picture.Width * picture.Height, new float[picture.Pixels.Length]);
            for (var i = 0; i < values.Length; i++)
            {
                values[(i % 3 * cells) + (i / 3)] = ((picture.Pixels.Span[i] / 255f) - 0.5f) / 0.5f;
            }

            return new(ModuleScores.Of(module, values, picture.Height, picture.Width), 11, picture.Width, picture.Height);
        }, "module");
    }
}

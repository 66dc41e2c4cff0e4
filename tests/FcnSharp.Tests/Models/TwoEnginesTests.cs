using FcnSharp.Engine;
using FcnSharp.Imaging;
using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>The modules against the managed engine, which folds batch norm, unlike the modules.</summary>
public class TwoEnginesTests
{
    private const int Sizes = 40;

    public static TheoryData<FcnVariant, FcnLayout, bool, bool> Kinds => EveryNetwork.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Forward_FortyOddSizes_EqualsTheManagedEngine(FcnVariant variant, FcnLayout layout, bool atOnce, bool batchNorm)
    {
        var network = FilledNetwork.Create(EveryNetwork.Tiny(variant, layout, atOnce, batchNorm));
        using var module = FcnModule.From(network);
        using var engine = new CpuEngine(network);

        foreach (var i in Enumerable.Range(0, Sizes))
        {
            var (height, width) = (1 + (i * 53 % 97), 1 + (i * 29 % 101));
            var picture = TestPictures.Noise(width, height);

            var expected = engine.Score(picture).Values;
            var scores = ModuleScores.Of(module, Values(picture), height, width);

            Closeness.Assert(expected.Span, scores, Closeness.ToPyTorch, $"{width}x{height}");
        }
    }

    /// <summary>Bytes normalised for the filled networks, (3, H, W).</summary>
    private static float[] Values(RgbImage picture)
    {
        var values = new float[picture.Pixels.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[(i % 3 * picture.Width * picture.Height) + (i / 3)] = picture.Pixels.Span[i] / 255f;
        }

        return values;
    }
}

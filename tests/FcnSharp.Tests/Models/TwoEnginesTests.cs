using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;

namespace FcnSharp.Torch.Tests.Models;

/// <summary>The modules against the managed engine, which folds batch norm where they do not.</summary>
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
        using var engine = new PlainEngine(network);

        foreach (var i in Enumerable.Range(0, Sizes))
        {
            var (height, width) = (1 + (i * 53 % 97), 1 + (i * 29 % 101));
            var input = GoldenFill.Values("x", 3 * height * width, 1);

            var expected = engine.Score(input, height, width).Values;

            Closeness.Assert(expected.Span, FcnModule.Score(module, input, height, width), Closeness.ToPyTorch, $"{width}x{height}");
        }
    }
}

using FcnSharp.Engine;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Engine;

/// <summary>
/// The engine against <see cref="NaiveFcn"/>, on every layer of the real networks at 2 to 8 channels. Winograd's method is the reason for
/// most of the difference, which stays below a hundred-thousandth of the largest score.
/// </summary>
public class EveryImageSizeTests
{
    private const int LargestSide = 70;
    private const int OtherSide = 33;

    public static TheoryData<FcnVariant, FcnLayout, bool> Networks => new()
    {
        { FcnVariant.Fcn8s, FcnLayout.Compact, false },
        { FcnVariant.Fcn16s, FcnLayout.Compact, false },
        { FcnVariant.Fcn32s, FcnLayout.Compact, false },
        { FcnVariant.Fcn8s, FcnLayout.Original, false },
        { FcnVariant.Fcn8s, FcnLayout.Original, true },
        { FcnVariant.Fcn16s, FcnLayout.Original, false },
        { FcnVariant.Fcn32s, FcnLayout.Original, false },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Score_EverySizeOnEachAxisAndTheDiagonal_EqualsTheNaiveNetwork(FcnVariant variant, FcnLayout layout, bool atOnce)
    {
        var network = FilledNetwork.Create(new FcnOptions
        {
            Variant = variant, Layout = layout, AtOnce = atOnce, NumClasses = 3, Trunk = FilledNetwork.TinyTrunk
        });
        using var engine = new CpuEngine(network, new CpuEngineOptions { Threads = 1 });
        var sides = Enumerable.Range(1, LargestSide).ToList();
        var sizes = sides.Select(side => (Height: side, Width: OtherSide))
            .Concat(sides.Select(side => (Height: OtherSide, Width: side)))
            .Concat(sides.Select(side => (Height: side, Width: side)));

        Parallel.ForEach(sizes, size => AssertEqualsNaive(engine, network, size.Height, size.Width));
    }

    [Theory]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact)]
    [InlineData(FcnVariant.Fcn16s, FcnLayout.Original)]
    public void Score_BatchNorm_EqualsTheNaiveNetworkThatDoesNotFoldIt(FcnVariant variant, FcnLayout layout)
    {
        var network = FilledNetwork.Create(new FcnOptions
        {
            Variant = variant, Layout = layout, NumClasses = 3, Trunk = FilledNetwork.TinyTrunk with { BatchNorm = true }
        });
        using var engine = new CpuEngine(network);

        AssertEqualsNaive(engine, network, 45, 37);
        Assert.Equal(FilledNetwork.TinyTrunk, network.FoldBatchNorm().Options.Trunk);
    }

    private static void AssertEqualsNaive(CpuEngine engine, FcnNetwork network, int height, int width)
    {
        var picture = TestPictures.Noise(width, height);

        Closeness.Assert(NaiveFcn.Score(network, picture), engine.Score(picture), Closeness.BetweenEngines);
    }
}

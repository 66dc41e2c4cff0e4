using FcnSharp.Models;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;
using FcnSharp.Torch.Tests.Support;

namespace FcnSharp.Torch.Tests.Models;

public class StagedInitializationTests
{
    [Theory]
    [InlineData(FcnLayout.Compact, false)]
    [InlineData(FcnLayout.Original, false)]
    [InlineData(FcnLayout.Compact, true)]
    public void Fcn16s_FromFcn32s_CopiesTrunkAndHeadAndStartsTheRestAfresh(FcnLayout layout, bool batchNorm)
    {
        var network = FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn32s, layout, batchNorm: batchNorm));
        using var coarser = FCN32s.From(network);
        using var model = FCN16s.From(FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn16s, layout, batchNorm: batchNorm)));

        model.InitializeFrom(coarser);

        AssertStaged(network, model.ToNetwork(), zero: ["score_4b.0"]);
    }

    [Theory]
    [InlineData(FcnLayout.Compact, false)]
    [InlineData(FcnLayout.Original, false)]
    [InlineData(FcnLayout.Original, true)]
    public void Fcn8s_FromFcn16s_CopiesTheScoresOfPool4Too(FcnLayout layout, bool batchNorm)
    {
        var network = FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn16s, layout, batchNorm: batchNorm));
        using var coarser = FCN16s.From(network);
        using var model = FCN8s.From(FilledNetwork.Create(EveryNetwork.Tiny(FcnVariant.Fcn8s, layout, batchNorm: batchNorm)));

        model.InitializeFrom(coarser);

        AssertStaged(network, model.ToNetwork(), zero: ["score_3b.0"]);
    }

    [Fact]
    public void InitializeFrom_OtherOptions_IsRefused()
    {
        using var coarser = new FCN16s(EveryNetwork.Tiny(FcnVariant.Fcn16s) with { NumClasses = 4 });
        using var model = new FCN8s(EveryNetwork.Tiny(FcnVariant.Fcn8s));

        var error = Assert.Throws<ArgumentException>(() => model.InitializeFrom(coarser));

        Assert.Contains("differ in more than the variant", error.Message);
        Assert.Contains("NumClasses = 4", error.Message);
    }

    private static void AssertStaged(FcnNetwork coarser, FcnNetwork finer, string[] zero)
    {
        using var fresh = FcnModule.Create((FcnOptions)finer.Options);
        var initial = fresh.ToNetwork();

        Assert.All(finer.Tensors, tensor =>
        {
            var source = zero.Any(layer => tensor.Name.StartsWith(layer, StringComparison.Ordinal))
                || tensor.Name.StartsWith("upscore", StringComparison.Ordinal)
                ? initial
                : coarser;
            Assert.Equal(source[tensor.Name].Values.ToArray(), tensor.Values.ToArray());
        });
    }
}

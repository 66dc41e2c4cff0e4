using FcnSharp.Networks;
using FcnSharp.Tensors;

namespace FcnSharp.Tests.Networks;

public class StateDictTests
{
    [Fact]
    public void TensorsOf_TheDefault_AreTheBlogPostsFortyTwo()
    {
        var names = StateDict.TensorsOf(new FcnOptions()).Select(tensor => tensor.Name).ToList();

        string[] layers =
        [
            "conv1.0", "conv1.2", "conv2.0", "conv2.2", "conv3.0", "conv3.2", "conv3.4", "conv4.0", "conv4.2", "conv4.4",
            "conv5.0", "conv5.2", "conv5.4", "fc6.0", "fc7.0", "fc8", "score_4b.0", "score_3b.0", "upscore", "upscore_4b", "upscore_3b",
        ];
        Assert.Equal(42, names.Count);
        Assert.Equal(layers.SelectMany(layer => new[] { $"{layer}.weight", $"{layer}.bias" }).Order(), names.Order());
    }

    [Theory]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact, 21, 33_826_526)]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact, 10, 33_674_748)]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Original, 21, 134_489_759)]
    [InlineData(FcnVariant.Fcn16s, FcnLayout.Original, 21, 134_815_994)]
    [InlineData(FcnVariant.Fcn32s, FcnLayout.Original, 21, 136_152_917)]
    public void CountParameters_OfPublishedNetworks_IsTheirs(FcnVariant variant, FcnLayout layout, int classes, long parameters)
    {
        var options = new FcnOptions { Variant = variant, Layout = layout, NumClasses = classes };

        Assert.Equal(parameters, StateDict.CountParameters(options));
    }

    [Fact]
    public void TensorsOf_OriginalLayout_HaveSevenBySevenFc6AndNoUpsamplingBias()
    {
        var shapes = StateDict.TensorsOf(new FcnOptions { Layout = FcnLayout.Original })
            .ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);

        Assert.Equal([4096, 512, 7, 7], shapes["fc6.0.weight"]);
        Assert.DoesNotContain(shapes.Keys, name => name.StartsWith("upscore", StringComparison.Ordinal)
            && name.EndsWith("bias", StringComparison.Ordinal));
    }

    [Fact]
    public void TensorsOf_BatchNorm_AddsFourForEveryRectifiedConvolutionAndRenamesNone()
    {
        var plain = StateDict.TensorsOf(new FcnOptions()).ToList();
        var normalized = StateDict.TensorsOf(new FcnOptions { Trunk = new VggTrunkOptions { BatchNorm = true } }).ToList();

        Assert.Equal(15 * 4, normalized.Count - plain.Count);
        Assert.All(plain, tensor => Assert.Contains(tensor, normalized));
        Assert.Contains(new TensorSpec("conv1.0.bn.running_var", [64]), normalized);
    }
}

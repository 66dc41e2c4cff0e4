using FcnSharp.Networks;
using FcnSharp.Weights;

namespace FcnSharp.Tests.Weights;

public class NameMapTests
{
    public static TheoryData<string> Names => [.. NameMap.All.Select(map => map.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Table_EveryLayer_IsOneOfOursAndGoesBothWays(string name)
    {
        var map = NameMap.All.Single(map => map.Name == name);
        var ours = Enum.GetValues<FcnVariant>()
            .Select(variant => new FcnOptions { Variant = variant, Trunk = new VggTrunkOptions { BatchNorm = true } })
            .SelectMany(StateDict.TensorsOf)
            .Select(tensor => tensor.Name[..tensor.Name.LastIndexOf('.')])
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal(map.Layers.Count, map.Layers.Values.Distinct().Count());
        Assert.All(map.Layers, layer =>
        {
            Assert.Contains(layer.Key, ours);
            Assert.Equal($"{layer.Key}.weight", map.ToOurs(map.ToForeign($"{layer.Key}.weight")));
        });
    }

    [Fact]
    public void Table_OfEveryWholeNetwork_HasAllOfItsLayers()
    {
        foreach (var (map, variant) in new[]
        {
            (NameMap.CaffeFcn8s, FcnVariant.Fcn8s), (NameMap.CaffeFcn16s, FcnVariant.Fcn16s), (NameMap.CaffeFcn32s, FcnVariant.Fcn32s),
            (NameMap.PytorchSemseg, FcnVariant.Fcn8s), (NameMap.FcnSharp, FcnVariant.Fcn16s),
        })
        {
            Assert.All(StateDict.TensorsOf(new FcnOptions { Variant = variant }), tensor => Assert.NotEmpty(map.ToForeign(tensor.Name)));
        }
    }

    [Fact]
    public void ToForeign_ALayerThatTheToolDoesNotHave_IsRefused() =>
        Assert.Contains("The name map torchvision VGG-16 has no layer for the tensor fc8.weight.",
            Assert.Throws<KeyNotFoundException>(() => NameMap.TorchvisionVgg16.ToForeign("fc8.weight")).Message);

    [Fact]
    public void Names_OfNothing_AreRefused()
    {
        Assert.Throws<ArgumentNullException>("tensor", () => NameMap.FcnSharp.ToForeign(null!));
        Assert.Throws<ArgumentNullException>("tensor", () => NameMap.FcnSharp.ToOurs(null!));
    }

    [Theory]
    [InlineData("conv9.0.weight")]
    [InlineData(".weight")]
    [InlineData("weight")]
    public void ToOurs_ATensorOfNoLayer_IsNone(string tensor) => Assert.Null(NameMap.FcnSharp.ToOurs(tensor));
}

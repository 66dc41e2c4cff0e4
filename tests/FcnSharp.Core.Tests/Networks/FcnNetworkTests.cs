using FcnSharp.Imaging;
using FcnSharp.Networks;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Networks;

public class FcnNetworkTests
{
    private static readonly FcnNetwork Network = FilledNetwork.Tiny();

    [Fact]
    public void Constructor_WhatDoesNotFitTogether_IsRefusedWithAdvice()
    {
        var card = new ModelCard { Classes = ClassList.Voc };
        var missing = Network.Tensors.RemoveAt(0);

        Assert.Contains("names 21 classes, but the network scores 3. Name every class, background included.",
            Assert.Throws<ArgumentException>(() => new FcnNetwork(Network.Options, Network.Tensors, card)).Message);
        Assert.Contains($"The tensors are not those of this network: tensor {Network.Tensors[0].Name}: expected ",
            Assert.Throws<ArgumentException>(() => new FcnNetwork(Network.Options, missing)).Message);
        Assert.Contains("AtOnce requires Fcn8s in the Original layout",
            Assert.Throws<ArgumentException>(
                () => new FcnNetwork((FcnOptions)Network.Options with { AtOnce = true }, Network.Tensors)).Message);
    }

    [Fact]
    public void Indexer_ANameThatIsNone_SaysWhereNamesAre() =>
        Assert.Contains("This network (Fcn8s, Compact layout) has no tensor fc9.weight. StateDict.TensorsOf lists its names.",
            Assert.Throws<KeyNotFoundException>(() => Network["fc9.weight"]).Message);

    [Fact]
    public void EveryEntry_OfNothing_IsRefused()
    {
        Assert.Throws<ArgumentNullException>("options", () => new FcnNetwork(null!, Network.Tensors));
        Assert.Throws<ArgumentNullException>("tensors", () => new FcnNetwork(Network.Options, null!));
        Assert.Throws<ArgumentNullException>("stream", () => FcnNetwork.Load((Stream)null!));
        Assert.Throws<ArgumentException>("name", () => FcnNetwork.Load(new MemoryStream(), ""));
        Assert.Throws<ArgumentNullException>("stream", () => Network.Save((Stream)null!));
        Assert.Throws<ArgumentNullException>("card", () => Network.WithCard(null!));
        Assert.Throws<ArgumentNullException>("options", () => StateDict.TensorsOf(null!));
        Assert.Throws<ArgumentNullException>("options", () => FcnAlignment.Of(null!));
    }

    [Fact]
    public void WorkingSize_OutOfRange_IsRefusedWithAdvice() =>
        Assert.Contains("WorkingSize must be 1 to 65535, but was 0. Give the length of a side in pixels, or null.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCard { WorkingSize = 0 }).Message);

    [Fact]
    public void Normalization_ByZero_IsRefusedWithItsNumbers() =>
        Assert.Matches("^A mean of .*0[.]5.* and a deviation of .* are not valid: both must be finite, and deviations must be above 0[.]",
            Assert.Throws<ArgumentException>(() => new Normalization(new(0.5f, 0, 0), new(1, 0, 1))).Message);
}

using FcnSharp.Networks;

namespace FcnSharp.Tests.Networks;

public class FcnOptionsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public void NumClasses_OutOfRange_IsRefusedWithTheRange(int classes)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new FcnOptions { NumClasses = classes });

        Assert.Contains($"NumClasses must be 2 to 255, but was {classes}.", error.Message);
    }

    [Theory]
    [InlineData(FcnVariant.Fcn8s, FcnLayout.Compact)]
    [InlineData(FcnVariant.Fcn16s, FcnLayout.Original)]
    public void Validate_AtOnceForAnotherNetwork_SaysWhereItBelongs(FcnVariant variant, FcnLayout layout)
    {
        var options = new FcnOptions { Variant = variant, Layout = layout, AtOnce = true };

        var error = Assert.Throws<ArgumentException>(options.Validate);

        Assert.Contains($"AtOnce requires Fcn8s in the Original layout, but this is {variant} in the {layout} layout. Leave AtOnce false.",
            error.Message);
        Assert.Equal(error.Message, Assert.Throws<ArgumentException>(options.ToGraph).Message);
    }

    [Fact]
    public void Validate_AVariantThatIsNone_IsRefused() =>
        Assert.Equal("There is no network of variant 2 and layout Compact. Use the values that the enums name.",
            Assert.Throws<ArgumentException>(new FcnOptions { Variant = (FcnVariant)2 }.Validate).Message);

    [Fact]
    public void Widths_BelowOne_AreRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VggWidths { Head = 0 });

    [Fact]
    public void Equality_OfEqualOptions_Holds() =>
        Assert.Equal(new FcnOptions { Trunk = Headed(8) }, new FcnOptions { Trunk = Headed(8) });

    private static VggTrunkOptions Headed(int width) => new() { Widths = new VggWidths { Head = width } };
}

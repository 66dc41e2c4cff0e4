using CsCheck;
using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

public class RgbColorTests
{
    [Fact]
    public void Parse_OfToString_IsTheSameColor() =>
        Gen.Select(Gen.Byte, Gen.Byte, Gen.Byte, (r, g, b) => new RgbColor(r, g, b))
            .Sample(color => RgbColor.Parse(color.ToString()) == color);

    [Fact]
    public void ToString_IsLowerCaseHex() => Assert.Equal("#ff0a80", new RgbColor(255, 10, 128).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("#fff")]
    [InlineData("ff8000")]
    [InlineData("#ff80zz")]
    [InlineData("#+f8000")]
    [InlineData("# ff800")]
    [InlineData("#ff80000")]
    public void Parse_OfAnythingElse_SaysWhatItWants(string text)
    {
        var error = Assert.Throws<FormatException>(() => RgbColor.Parse(text));

        Assert.Contains("#rrggbb", error.Message);
        Assert.Contains($"\"{text}\"", error.Message);
        Assert.False(RgbColor.TryParse(text, out _));
    }

    [Fact]
    public void TryParse_OfNull_IsFalse() => Assert.False(RgbColor.TryParse(null, out _));
}

using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

public class PaletteTests
{
    // From the table that the VOC development kit prints.
    [Theory]
    [InlineData(0, "#000000")]
    [InlineData(1, "#800000")]
    [InlineData(2, "#008000")]
    [InlineData(8, "#400000")]
    [InlineData(15, "#c08080")]
    [InlineData(20, "#004080")]
    [InlineData(255, "#e0e0c0")]
    public void Voc_HasTheDevkitsColors(int id, string color)
    {
        Assert.Equal(256, Palette.Voc.Count);
        Assert.Equal(color, Palette.Voc[id].ToString());
    }

    [Fact]
    public void CamVid_EndsWithBlackForVoid()
    {
        Assert.Equal(12, Palette.CamVid.Count);
        Assert.Equal(new RgbColor(60, 40, 222), Palette.CamVid[4]);
        Assert.Equal(new RgbColor(0, 0, 0), Palette.CamVid[11]);
    }

    // Over dark and over light grey, with normal vision and without cones for red or green. A search that maximised only the
    // distances reached 21 and 21; CamVid's own colours have 12 and 1.5.
    [Theory]
    [InlineData(Sight.Full, 20)]
    [InlineData(Sight.NoRed, 18)]
    [InlineData(Sight.NoGreen, 18)]
    public void StreetScenes_OverPhotos_KeepsClassesApart(Sight sight, double least)
    {
        foreach (var grey in new[] { 48, 208 })
        {
            CieLab[] seen = [.. Palette.StreetScenes.Select(color => CieLab.Of(Half(color, grey), sight))];

            var closest = seen.SelectMany((one, i) => seen.Skip(i + 1).Select(one.DistanceTo)).Min();

            Assert.True(closest >= least, $"closest over {grey}: {closest}");
        }

        static RgbColor Half(RgbColor color, int grey) =>
            new((byte)((color.R + grey) / 2), (byte)((color.G + grey) / 2), (byte)((color.B + grey) / 2));
    }

    [Fact]
    public void CieLab_OfSrgbColors_HasThePublishedValues()
    {
        // Lindbloom's calculator, D65: red and blue.
        Assert.Equal(53.24, CieLab.Of(new(255, 0, 0), Sight.Full).L, 0.02);
        Assert.Equal(80.09, CieLab.Of(new(255, 0, 0), Sight.Full).A, 0.02);
        Assert.Equal(-107.86, CieLab.Of(new(0, 0, 255), Sight.Full).B, 0.02);
        Assert.Equal(0, CieLab.Of(new(200, 200, 200), Sight.NoGreen).A, 0.2);
    }

    [Theory]
    [InlineData(2, 0.30)]
    [InlineData(21, 0.15)]
    [InlineData(64, 0.09)]
    [InlineData(255, 0.045)]
    public void Distinct_KeepsColorsApartFromEachOtherAndFromBlackAndWhite(int count, double least)
    {
        OkLab[] places = [.. Palette.Distinct(count).Append(new(0, 0, 0)).Append(new(255, 255, 255)).Select(OkLab.From)];

        var closest = places.SelectMany((place, i) => places.Skip(i + 1).Select(other => Math.Sqrt(place.SquaredDistance(other)))).Min();

        Assert.True(closest >= least, $"closest {closest}");
        Assert.Equal(count, Palette.Distinct(count).Distinct().Count());
    }

    [Fact]
    public void Distinct_OfFewer_IsAPrefixOfDistinctOfMore()
    {
        var all = Palette.Distinct(255).ToList();

        Assert.All(Enumerable.Range(1, 255), count => Assert.Equal(all.Take(count), Palette.Distinct(count)));
    }

    [Fact]
    public void Distinct_IsTheSameOnEverySystem() =>
        Assert.Equal(
            ["#6600ff", "#008800", "#ff0055", "#660000", "#00ff00", "#66aaee", "#000077", "#eeaa00", "#ee00ff", "#885588"],
            Palette.Distinct(10).Select(color => color.ToString()));

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void Distinct_OutOfRange_IsRefused(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => Palette.Distinct(count));

    [Theory]
    [InlineData(0)]
    [InlineData(257)]
    public void Constructor_WithTooFewOrTooMany_IsRefused(int count) =>
        Assert.Throws<ArgumentException>(() => new Palette(Enumerable.Repeat(default(RgbColor), count)));

    [Fact]
    public void Equals_ComparesColors()
    {
        Assert.Equal(Palette.Distinct(7), new Palette(Palette.Distinct(7)));
        Assert.Equal(Palette.Distinct(7).GetHashCode(), new Palette(Palette.Distinct(7)).GetHashCode());
        Assert.False(Palette.Distinct(7).Equals(Palette.Distinct(8)));
    }

    // Reference values of Ottosson's article for pure sRGB red.
    [Fact]
    public void OkLab_OfWhiteAndRed_HasThePublishedValues()
    {
        var (white, red) = (OkLab.From(new RgbColor(255, 255, 255)), OkLab.From(new RgbColor(255, 0, 0)));

        Assert.Equal((1.0, 0.0, 0.0), (Math.Round(white.L, 4), Math.Round(Math.Abs(white.A), 4), Math.Round(Math.Abs(white.B), 4)));
        Assert.Equal((0.628, 0.225, 0.126), (Math.Round(red.L, 3), Math.Round(red.A, 3), Math.Round(red.B, 3)));
    }
}

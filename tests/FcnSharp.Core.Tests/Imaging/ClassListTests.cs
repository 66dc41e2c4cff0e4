using FcnSharp.Imaging;

namespace FcnSharp.Tests.Imaging;

public class ClassListTests
{
    [Fact]
    public void Voc_Has21ClassesInTheirColors()
    {
        Assert.Equal(21, ClassList.Voc.Count);
        Assert.Equal(new ClassInfo("background", new(0, 0, 0)), ClassList.Voc[0]);
        Assert.Equal(new ClassInfo("person", new(192, 128, 128)), ClassList.Voc[15]);
        Assert.Equal(Palette.Voc.Take(21), ClassList.Voc.Palette);
    }

    [Fact]
    public void CamVid_Has11ClassesInTheirColors()
    {
        Assert.Equal(11, ClassList.CamVid.Count);
        Assert.Equal(new ClassInfo("Bicyclist", new(0, 128, 192)), ClassList.CamVid[10]);
    }

    [Fact]
    public void WithPalette_OfFewerColours_KeepsNamesAndMakesTheRestBlack()
    {
        var classes = new ClassList(["sky", "road"]);

        var recoloured = classes.WithPalette(Palette.Distinct(1));

        Assert.Equal(["sky", "road"], recoloured.Select(info => info.Name));
        Assert.Equal([Palette.Distinct(1)[0], default], recoloured.Select(info => info.Color));
    }

    [Fact]
    public void Numbered_Has1To255Classes()
    {
        Assert.Equal("class 254", ClassList.Numbered(255)[254].Name);
        Assert.Equal(Palette.Distinct(3), ClassList.Numbered(3).Palette);
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassList.Numbered(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassList.Numbered(256));
    }

    [Fact]
    public void Equals_ComparesNamesAndColors()
    {
        var list = new ClassList(["a", "b"], Palette.Voc);

        Assert.True(list.Equals(new ClassList([new ClassInfo("a", new(0, 0, 0)), new ClassInfo("b", new(128, 0, 0))])));
        Assert.Equal(list.GetHashCode(), new ClassList(["a", "b"], Palette.Voc).GetHashCode());
        Assert.False(list.Equals(new ClassList(["a", "c"], Palette.Voc)));
        Assert.False(list.Equals(new ClassList(["a", "b"])));
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData("  ", "blank")]
    [InlineData("b\n", "control characters")]
    [InlineData("a", "Classes 0 and 1 are both called \"a\"")]
    public void Constructor_WithABadName_SaysWhichAndWhy(string name, string reason) =>
        Assert.Contains(reason, Assert.Throws<ArgumentException>(() => new ClassList(["a", name])).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(256)]
    public void Constructor_WithTooFewOrTooMany_IsRefused(int count) =>
        Assert.Throws<ArgumentException>(() => new ClassList(Enumerable.Range(0, count).Select(i => $"n{i}")));

    [Fact]
    public void Constructor_WithTooShortAPalette_IsRefused() =>
        Assert.Contains(
            "2 names, but the palette has 1",
            Assert.Throws<ArgumentException>(() => new ClassList(["a", "b"], new Palette([default]))).Message);

    [Fact]
    public void Indexer_BeyondTheList_SaysSo() => Assert.Throws<ArgumentOutOfRangeException>(() => ClassList.Voc[21]);
}

using System.Text.Json;
using CsCheck;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Imaging;

public class LabelMapTests
{
    [Fact]
    public void Constructor_WithTheWrongLength_SaysWhatIsNeeded()
    {
        var error = Assert.Throws<ArgumentException>(() => new LabelMap(new byte[7], 3, 2));

        Assert.Contains("3x2 label map takes 6 bytes, but the buffer has 7", error.Message);
    }

    [Fact]
    public void SaveThenLoad_WithAnyPalette_KeepsAll256Ids()
    {
        using var folder = new TempFolder();
        var ids = Enumerable.Range(0, 256).Select(id => (byte)id).ToArray();

        foreach (var palette in new[] { Palette.Voc, Palette.CamVid, new Palette([new RgbColor(1, 2, 3)]) })
        {
            new LabelMap(ids, 64, 4).Save(folder["mask.png"], palette);
            var loaded = LabelMap.Load(folder["mask.png"]);

            Assert.Equal((64, 4), (loaded.Width, loaded.Height));
            Assert.Equal(ids, loaded.Labels.ToArray());
        }

        Assert.Equal(["mask.png"], folder.FileNames());
    }

    [Fact]
    public void WriteThenLoad_OfAnyMap_IsTheSameMap() =>
        Gen.Select(Gen.Int[1, 300], Gen.Int[1, 300], Gen.Int[0, 1000]).Sample((width, height, seed) =>
        {
            var ids = new byte[width * height];
            new Random(seed).NextBytes(ids);
            using var file = new MemoryStream();

            new LabelMap(ids, width, height).Write(file, Palette.Voc);
            using var oneWay = new OneWayStream(file.ToArray());

            Assert.Equal(ids, LabelMap.Load(oneWay).Labels.ToArray());
        }, iter: 20);

    [Fact]
    public void Save_AsAPicture_ShowsThePaletteAndBlackBeyondIt()
    {
        using var folder = new TempFolder();
        var labels = new LabelMap(new byte[] { 0, 1, 2, 255 }, 4, 1);
        var palette = new Palette([new(9, 8, 7), new(6, 5, 4)]);

        labels.Save(folder["mask.png"], palette);
        var seen = RgbImage.Load(folder["mask.png"]);

        Assert.Equal(labels.ToColors(palette).Pixels.ToArray(), seen.Pixels.ToArray());
        Assert.Equal([9, 8, 7, 6, 5, 4, 0, 0, 0, 0, 0, 0], seen.Pixels.ToArray());
    }

    [Fact]
    public void Save_WithAnotherEnding_IsRefused()
    {
        using var folder = new TempFolder();
        var labels = new LabelMap(new byte[1], 1, 1);

        Assert.Contains(".png", Assert.Throws<ArgumentException>(() => labels.Save(folder["mask.jpg"], Palette.Voc)).Message);
        Assert.Throws<ArgumentException>(() => labels.Mask(0).Save(folder["mask"]));
        Assert.Empty(folder.FileNames());
    }

    [Fact]
    public void Mask_IsWhiteWhereTheClassIsAndSavesAsGrey()
    {
        using var folder = new TempFolder();

        var mask = new LabelMap(new byte[] { 3, 0, 3, 255 }, 2, 2).Mask(3);
        mask.Save(folder["mask.png"]);

        Assert.Equal([255, 0, 255, 0], mask.Pixels.ToArray());
        Assert.Equal(255, mask[0, 1]);
        Assert.Equal(mask.Pixels.ToArray(), LabelMap.Load(folder["mask.png"]).Labels.ToArray());
        Assert.Equal(new RgbColor(255, 255, 255), RgbImage.Load(folder["mask.png"])[0, 0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void Mask_OfNoClass_IsRefused(int id) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LabelMap(new byte[1], 1, 1).Mask(id));

    [Fact]
    public void CountPixels_CountsEveryId()
    {
        var counts = new LabelMap(new byte[] { 3, 0, 3, 255, 3, 7 }, 3, 2).CountPixels();

        Assert.Equal(256, counts.Length);
        Assert.Equal((1, 3, 1, 1, 6), (counts[0], counts[3], counts[7], counts[255], counts.Sum()));
    }

    [Fact]
    public void Indexer_InsideAndOutside()
    {
        var labels = new LabelMap(new byte[] { 1, 2, 3, 4, 5, 6 }, 3, 2);

        Assert.Equal(6, labels[2, 1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => labels[3, 0]);
    }

    [Fact]
    public void ToJson_HasSizeClassesAndRegions()
    {
        var labels = new LabelMap(new byte[] { 0, 0, 2, 255, 0, 0, 2, 42 }, 4, 2);
        var classes = new ClassList(["sky", "tree", "Straße \"猫\""], Palette.Voc);

        var text = labels.ToJson(classes);

        using var json = JsonDocument.Parse(text);
        var root = json.RootElement;
        Assert.Equal(["schema_version", "width", "height", "classes", "regions"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal((4, 2), (root.GetProperty("width").GetInt32(), root.GetProperty("height").GetInt32()));
        Assert.Equal(
            ["0 sky #000000 4 0.571429", "2 Straße \"猫\" #008000 2 0.285714", "42 class 42 #000000 1 0.142857"],
            root.GetProperty("classes").EnumerateArray().Select(entry =>
                string.Join(' ', entry.EnumerateObject().Select(property => property.Value.ToString()))));
        Assert.Equal(["id", "name", "color", "pixels", "share"], root.GetProperty("classes")[0].EnumerateObject()
            .Select(property => property.Name));
        Assert.Equal(["class_id", "class_name", "pixels", "box"], root.GetProperty("regions")[0].EnumerateObject()
            .Select(property => property.Name));
        var region = root.GetProperty("regions")[1];
        Assert.Equal((2, "Straße \"猫\"", 2), (
            region.GetProperty("class_id").GetInt32(), region.GetProperty("class_name").GetString(), region.GetProperty("pixels")
                .GetInt32()));
        Assert.Equal(["x 2", "y 0", "width 1", "height 2"],
            region.GetProperty("box").EnumerateObject().Select(property => $"{property.Name} {property.Value}"));
        Assert.Contains("Straße", text);
        Assert.Contains("\n  \"width\": 4", text);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void ToJson_OfNothingLabelled_HasEmptyLists()
    {
        using var json = JsonDocument.Parse(new LabelMap(new byte[] { 255 }, 1, 1).ToJson(ClassList.Voc));

        Assert.Equal(0, json.RootElement.GetProperty("classes").GetArrayLength());
        Assert.Equal(0, json.RootElement.GetProperty("regions").GetArrayLength());
    }
}

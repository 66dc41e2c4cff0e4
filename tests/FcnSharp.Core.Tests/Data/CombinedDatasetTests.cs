using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

public class CombinedDatasetTests
{
    private static readonly ClassList Classes = DatasetFolder.Classes;

    [Fact]
    public void Combined_FolderDatasets_AreOneAfterAnother()
    {
        using var first = new DatasetFolder(trainCount: 2, valCount: 3);
        var (train, val) = (first.Open("train"), first.Open("val"));

        var combined = new CombinedDataset([train, val]);

        Assert.Equal(5, combined.Count);
        Assert.Equal($"{train.Name} + {val.Name}", combined.Name);
        Assert.Equal((Classes, LabelMap.IgnoreId), (combined.Classes, combined.IgnoreId));
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], NamesOf(combined));
        for (var i = 0; i < 5; i++)
        {
            var sample = combined.Load(i);
            Assert.Equal($"p{i}", sample.Name);
            Assert.Equal(DatasetFolder.Labels(seed: i).Labels.ToArray(), sample.Labels.Labels.ToArray());
        }
    }

    [Fact]
    public void Names_ThatCollide_GetTheirDataSetsName()
    {
        using var first = new DatasetFolder(trainCount: 2, valCount: 0);
        using var second = new DatasetFolder(trainCount: 3, valCount: 0);
        var (one, two) = (first.Open("train"), second.Open("train"));

        var combined = new CombinedDataset([one, two], "both");

        Assert.Equal("both", combined.Name);
        Assert.Equal([$"{one.Name}/p0", $"{one.Name}/p1", $"{two.Name}/p0", $"{two.Name}/p1", "p2"], NamesOf(combined));
        Assert.Equal($"{two.Name}/p1", combined.Load(3).Name);
    }

    [Fact]
    public void Names_OfADataSetGivenTwice_StayUnique()
    {
        using var folder = new DatasetFolder(trainCount: 1, valCount: 0);
        var train = folder.Open("train");

        var combined = new CombinedDataset([train, train]);

        Assert.Equal([$"{train.Name}/p0", $"{train.Name}/p0 (2)"], NamesOf(combined));
    }

    [Fact]
    public void Load_FromAnEmptyPartOn_FindsTheRightOne()
    {
        var empty = new MemoryDataset(Classes, 255, []);
        var sample = new SegmentationSample("p0", TestPictures.Noise(2, 2), new LabelMap(new byte[4], 2, 2));
        var full = new MemoryDataset(Classes, 255, [sample]);

        var combined = new CombinedDataset([empty, full, empty]);

        Assert.Equal(sample, combined.Load(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => combined.Load(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => combined.NameOf(-1));
    }

    [Fact]
    public void Constructor_DataSetsThatDiffer_SaysWhere()
    {
        var first = new MemoryDataset(Classes, 255, []);
        ArgumentException Refused(ClassList classes, int ignoreId) =>
            Assert.Throws<ArgumentException>(() => new CombinedDataset([first, new MemoryDataset(classes, ignoreId, [])]));

        Assert.Contains("id 1 is \"sky\" in \"in memory\" and \"sea\" in \"in memory\"",
            Refused(new ClassList(["road", "sea", "tree"]), 255).Message);
        Assert.Contains("has 3 and \"in memory\" has 2", Refused(new ClassList(["road", "sky"]), 255).Message);
        Assert.Contains("it is 255 in \"in memory\" and 11 in \"in memory\"", Refused(Classes, 11).Message);
        Assert.Throws<ArgumentException>(() => new CombinedDataset([]));
        Assert.Throws<ArgumentNullException>(() => new CombinedDataset([first, null!]));
    }

    [Fact]
    public void Constructor_ColoursThatDiffer_TakesTheFirst()
    {
        var recolored = new ClassList(Classes.Select(info => info.Name), Palette.Distinct(3));

        var combined = new CombinedDataset([new MemoryDataset(Classes, 255, []), new MemoryDataset(recolored, 255, [])]);

        Assert.Equal(Classes, combined.Classes);
    }

    private static IEnumerable<string> NamesOf(ISegmentationDataset dataset) => Enumerable.Range(0, dataset.Count).Select(dataset.NameOf);
}

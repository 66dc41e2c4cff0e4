using FcnSharp.Data;
using FcnSharp.Imaging;
using FcnSharp.Tests.Support;

namespace FcnSharp.Tests.Data;

public class SubsetDatasetTests
{
    [Fact]
    public void Subset_OfADataset_HasItsPicturesInOrder()
    {
        var part = new SubsetDataset(Numbered(5), [3, 1, 1], "three");

        Assert.Equal(("three", 3), (part.Name, part.Count));
        Assert.Equal(["p3", "p1", "p1"], Enumerable.Range(0, 3).Select(part.NameOf));
        Assert.Equal("p3", part.Load(0).Name);
        Assert.Equal("numbers, part", new SubsetDataset(Numbered(2), []).Name.Replace("in memory", "numbers", StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SubsetDataset(Numbered(5), [5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => part.NameOf(3));
    }

    [Fact]
    public void Split_OfPictures_IsTheSameForTheSameSeedAndLosesNone()
    {
        var whole = Numbered(50);

        var (training, validation) = SubsetDataset.Split(whole, 0.2, seed: 7);
        var again = SubsetDataset.Split(whole, 0.2, seed: 7);
        var other = SubsetDataset.Split(whole, 0.2, seed: 8);

        Assert.Equal((40, 10), (training.Count, validation.Count));
        Assert.Equal(Names(whole).Order(), Names(training).Concat(Names(validation)).Order());
        Assert.Equal(Names(validation), Names(again.Validation));
        Assert.NotEqual(Names(validation), Names(other.Validation));
    }

    /// <summary>Ten videos of five frames.</summary>
    [Fact]
    public void Split_ByGroup_KeepsVideosTogether()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (training, validation) = SubsetDataset.Split(Numbered(50), 0.2, seed, Video);

            Assert.Equal((40, 10), (training.Count, validation.Count));
            Assert.Empty(Names(training).Select(Video).Intersect(Names(validation).Select(Video)));
        }

        static string Video(string name) => $"{int.Parse(name[1..], System.Globalization.CultureInfo.InvariantCulture) / 5}";
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.999)]
    public void Split_OfAnyShare_LeavesNoPartEmpty(double share)
    {
        var (training, validation) = SubsetDataset.Split(Numbered(4), share);

        Assert.InRange(training.Count, 1, 3);
        Assert.InRange(validation.Count, 1, 3);
    }

    [Fact]
    public void Split_OfOneGroup_IsRefused() =>
        Assert.Contains("4 pictures in 1 groups", Assert.Throws<ArgumentException>(
            () => SubsetDataset.Split(Numbered(4), 0.5, groupOf: _ => "one")).Message);

    private static IEnumerable<string> Names(ISegmentationDataset dataset) => Enumerable.Range(0, dataset.Count).Select(dataset.NameOf);

    private static MemoryDataset Numbered(int count) => new(
        new ClassList(["a", "b"]), 255,
        [.. Enumerable.Range(0, count).Select(i => new SegmentationSample($"p{i}", TestPictures.Flat(2, 1, default),
            new LabelMap(new byte[] { 0, 1 }, 2, 1)))]);
}

using FcnSharp.Weights;

namespace FcnSharp.RepositoryTests;

/// <summary>What README and docs say of other tools' weights is what the name maps do.</summary>
public class WeightSourcesTests
{
    [Fact]
    public void Readme_ItsTableOfFormats_ListsEveryNameMapAndWhatItLoadsAs()
    {
        var rows = RowsBelow("README.md", "| names of | formats | loads as |");

        Assert.Equal(NameMap.All.Select(map => map.Name), rows.Select(row => row[0]));
        foreach (var (map, row) in NameMap.All.Zip(rows))
        {
            Assert.Equal(map.IsBackbone, row[2] == "backbone");
            Assert.Equal(ChannelOrder.Bgr == map.ChannelOrder, map.Normalization is not null && !map.IsBackbone);
        }
    }

    [Fact]
    public void WeightsPage_ItsTableOfSources_ListsEveryNameMap()
    {
        var maps = RowsBelow("docs/weights.md", "| source | where people get it |").Select(row => row[3]).ToList();

        foreach (var property in typeof(NameMap).GetProperties().Where(property => property.PropertyType == typeof(NameMap)))
        {
            Assert.Contains(maps, names => names.Contains($"`{property.Name}`", StringComparison.Ordinal) || names.Contains($"`NameMap.{property.Name}`", StringComparison.Ordinal));
        }
    }

    /// <summary>The cells of a table whose first line starts so.</summary>
    private static List<string[]> RowsBelow(string page, string heading) =>
        [.. File.ReadAllLines(Repository.At(page))
            .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
}

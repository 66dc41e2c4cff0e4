using FcnSharp.Weights;

namespace FcnSharp.RepositoryTests;

/// <summary>The tables of other tools' weights on the page on weight formats agree with the name maps.</summary>
public class WeightSourcesTests
{
    private static readonly int[] Variants = [4, 8, 16, 32];

    [Fact]
    public void WeightsPage_ItsTableOfFormats_ListsEveryNameMapAndWhatItLoadsAs()
    {
        var rows = RowsBelow("| names of | formats | loads as |");

        Assert.Equal(NameMap.All.Select(map => map.Name), rows.Select(row => row[0]));
        foreach (var (map, row) in NameMap.All.Zip(rows))
        {
            Assert.Equal(map.IsBackbone, row[2] == "backbone");
            Assert.Equal(map == NameMap.TorchvisionFcn, row[2] == "torchvision's FCN");
            Assert.Equal(Variants.Where(variant => HasUpsamplersOf(map, variant)).Select(variant => $"{variant}s"),
                row[2].StartsWith("FCN-", StringComparison.Ordinal) ? row[2]["FCN-".Length..].Split(", ") : []);
        }
    }

    [Fact]
    public void WeightsPage_ItsTableOfSources_ListsEveryNameMap()
    {
        var maps = RowsBelow("| source | where people get it |").Select(row => row[3]).ToList();

        foreach (var property in typeof(NameMap).GetProperties().Where(property => property.PropertyType == typeof(NameMap)))
        {
            Assert.Contains(maps, names => names.Contains($"`{property.Name}`", StringComparison.Ordinal)
                || names.Contains($"`NameMap.{property.Name}`", StringComparison.Ordinal));
        }
    }

    /// <summary>Whether a map names the upsamplers of a variant: 4s has four, 8s three, 16s two, 32s one; Caffe's maps have one variant
    /// each.</summary>
    private static bool HasUpsamplersOf(NameMap map, int variant)
    {
        var upsamplers = map.Layers.Keys.Count(layer => layer.StartsWith("upscore", StringComparison.Ordinal));
        return map == NameMap.FcnSharp ? upsamplers == 4 : upsamplers == 1 + Array.IndexOf([32, 16, 8, 4], variant);
    }

    /// <summary>The cells of the table whose first line starts with this text.</summary>
    private static List<string[]> RowsBelow(string heading) =>
        [.. File.ReadAllLines(Repository.At("docs/reference/weights.md"))
            .SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())];
}

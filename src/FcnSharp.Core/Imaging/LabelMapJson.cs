using System.Text.Json;

namespace FcnSharp.Imaging;

/// <summary>The JSON of a label map; its parts are used by every JSON that describes one.</summary>
internal sealed record LabelMapJson(int Width, int Height, IReadOnlyList<ClassShareJson> Classes, IReadOnlyList<RegionJson> Regions)
{
    public static LabelMapJson Of(LabelMap labels, ClassList classes, IReadOnlyList<Region> regions) => new(
        labels.Width,
        labels.Height,
        [.. ClassShare.Of(labels, classes).Select(ClassShareJson.Of)],
        [.. regions.Select(region => RegionJson.Of(region, classes))]);

    public string ToText() => JsonSerializer.Serialize(this, LabelJsonContext.Readable.LabelMapJson);
}

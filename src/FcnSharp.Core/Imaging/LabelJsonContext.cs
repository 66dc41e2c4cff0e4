using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace FcnSharp.Imaging;

/// <summary>Serialises without reflection.</summary>
[JsonSerializable(typeof(LabelMapJson))]
internal sealed partial class LabelJsonContext : JsonSerializerContext
{
    public static LabelJsonContext Readable { get; } = new(ReadableOptions());

    /// <summary>Indented, snake_case, names as written in any script, the same bytes on every system.</summary>
    public static JsonSerializerOptions ReadableOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };
}

/// <summary>One class of a label map.</summary>
internal sealed record ClassShareJson(int Id, string Name, string Color, long Pixels, double Share)
{
    public static ClassShareJson Of(ClassShare share) =>
        new(share.Id, share.Info.Name, share.Info.Color.ToString(), share.Pixels, Math.Round(share.Share, 6));
}

/// <summary>One region of a label map.</summary>
internal sealed record RegionJson(int ClassId, string ClassName, long Pixels, PixelBox Box)
{
    public static RegionJson Of(Region region, ClassList classes) =>
        new(region.ClassId, classes.OfAnyId(region.ClassId).Name, region.PixelCount, region.Box);
}

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

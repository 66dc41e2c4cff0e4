using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace FcnSharp.Imaging;

/// <summary>
/// A segmented picture as JSON data, the same for this library, the tool <c>fcn</c> and a service: serialise it with
/// members in snake_case, or use <see cref="ToText"/>. Null members are omitted.
/// </summary>
public sealed record SegmentationJson
{
    /// <summary>The schema version, 1. It increases when a member is removed or changes its meaning, not when one is added.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>The file name of the picture, or the name of its source; null for a picture without a name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Picture { get; init; }

    /// <summary>The name of the network; null if it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Model { get; init; }

    /// <summary>The engine; null if it is omitted, so that the same picture gives the same bytes everywhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Engine { get; init; }

    /// <summary>The time of each stage; null if it is omitted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimingsJson? TimingsMs { get; init; }

    /// <summary>Columns, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Rows, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The classes that occur in the picture; largest first.</summary>
    public required IReadOnlyList<ClassShareJson> Classes { get; init; }

    /// <summary>The regions: connected pixels of one class; largest first.</summary>
    public required IReadOnlyList<RegionJson> Regions { get; init; }

    /// <summary>The class ids, row by row from the top left, as runs: id, number of pixels, id, number of pixels, ... Id 255 marks ignored
    /// pixels. Null unless requested.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? LabelRuns { get; init; }

    /// <summary>Describes a label map.</summary>
    /// <param name="labels">The class of each pixel.</param>
    /// <param name="classes">Names and colours; an id beyond them is called <c>class 42</c> and is black.</param>
    /// <param name="regions">Defines what a region is; null means the defaults.</param>
    /// <param name="withLabels">Whether to include <see cref="LabelRuns"/>.</param>
    public static SegmentationJson Of(LabelMap labels, ClassList classes, RegionOptions? regions = null, bool withLabels = false)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(classes);
        return new SegmentationJson
        {
            Width = labels.Width,
            Height = labels.Height,
            Classes = [.. ClassShare.Of(labels, classes).Select(ClassShareJson.Of)],
            Regions = [.. labels.FindRegions(regions).Select(region => RegionJson.Of(region, classes))],
            LabelRuns = withLabels ? Runs(labels.Labels.Span) : null,
        };
    }

    /// <summary>The JSON text: indented, members in snake_case, names not escaped in any script, the same bytes on every system.</summary>
    public string ToText() => JsonSerializer.Serialize(this, SegmentationJsonContext.Readable.SegmentationJson);

    private static List<int> Runs(ReadOnlySpan<byte> labels)
    {
        List<int> runs = [];
        while (!labels.IsEmpty)
        {
            var length = labels.IndexOfAnyExcept(labels[0]) is var next and >= 0 ? next : labels.Length;
            runs.Add(labels[0]);
            runs.Add(length);
            labels = labels[length..];
        }

        return runs;
    }
}

/// <summary>The share of a picture that a class covers.</summary>
public sealed record ClassShareJson
{
    /// <summary>The class id.</summary>
    public required int Id { get; init; }

    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>The class's colour, as #rrggbb.</summary>
    public required string Color { get; init; }

    /// <summary>Number of its pixels; at least 1.</summary>
    public required long Pixels { get; init; }

    /// <summary>Its fraction, above 0 and at most 1, of the pixels that have a class, rounded to six decimals.</summary>
    public required double Share { get; init; }

    internal static ClassShareJson Of(ClassShare share) => new()
    {
        Id = share.Id,
        Name = share.Info.Name,
        Color = share.Info.Color.ToString(),
        Pixels = share.Pixels,
        Share = Math.Round(share.Share, 6),
    };
}

/// <summary>Connected pixels of one class, with their bounding box.</summary>
public sealed record RegionJson
{
    /// <summary>The class id.</summary>
    public required int ClassId { get; init; }

    /// <summary>The class's name.</summary>
    public required string ClassName { get; init; }

    /// <summary>Number of pixels.</summary>
    public required long Pixels { get; init; }

    /// <summary>The bounding box.</summary>
    public required PixelBox Box { get; init; }

    internal static RegionJson Of(Region region, ClassList classes) => new()
    {
        ClassId = region.ClassId,
        ClassName = classes.OfAnyId(region.ClassId).Name,
        Pixels = region.PixelCount,
        Box = region.Box,
    };
}

/// <summary>The time of each stage, in milliseconds with three decimals.</summary>
public sealed record TimingsJson
{
    /// <summary>Time to read and decode the picture.</summary>
    public required double Decoding { get; init; }

    /// <summary>Time to scale the picture to the working size.</summary>
    public required double Scaling { get; init; }

    /// <summary>Time to compute the labels.</summary>
    public required double Network { get; init; }

    /// <summary>The sum of all stages.</summary>
    public required double Total { get; init; }
}

/// <summary>Source-generated serialisation, without reflection.</summary>
[JsonSerializable(typeof(SegmentationJson))]
internal sealed partial class SegmentationJsonContext : JsonSerializerContext
{
    public static SegmentationJsonContext Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}

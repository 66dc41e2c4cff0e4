using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Imaging;

namespace FcnSharp.Prediction;

/// <summary>The JSON of a segmentation: the parts of its label map's, and what computed them.</summary>
internal sealed record SegmentationJson(
    string Engine,
    TimingsJson TimingsMs,
    int Width,
    int Height,
    IReadOnlyList<ClassShareJson> Classes,
    IReadOnlyList<RegionJson> Regions)
{
    public static SegmentationJson Of(Segmentation segmentation, RegionOptions? options)
    {
        var map = LabelMapJson.Of(segmentation.Labels, segmentation.Classes, segmentation.Labels.FindRegions(options));
        return new SegmentationJson(
            segmentation.EngineDescription, TimingsJson.Of(segmentation.Timings), map.Width, map.Height, map.Classes, map.Regions);
    }

    public string ToText() => JsonSerializer.Serialize(this, SegmentationJsonContext.Readable.SegmentationJson);
}

/// <summary>Milliseconds, to a thousandth.</summary>
internal sealed record TimingsJson(double Decoding, double Scaling, double Network, double Total)
{
    public static TimingsJson Of(SegmentationTimings timings) => new(
        Milliseconds(timings.Decoding), Milliseconds(timings.Scaling), Milliseconds(timings.Network), Milliseconds(timings.Total));

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, 3);
}

/// <summary>Serialises without reflection.</summary>
[JsonSerializable(typeof(SegmentationJson))]
internal sealed partial class SegmentationJsonContext : JsonSerializerContext
{
    public static SegmentationJsonContext Readable { get; } = new(LabelJsonContext.ReadableOptions());
}

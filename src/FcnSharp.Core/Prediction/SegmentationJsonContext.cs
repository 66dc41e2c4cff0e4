using System.Text.Json.Serialization;
using FcnSharp.Imaging;

namespace FcnSharp.Prediction;

/// <summary>Serialises without reflection.</summary>
[JsonSerializable(typeof(SegmentationJson))]
internal sealed partial class SegmentationJsonContext : JsonSerializerContext
{
    public static SegmentationJsonContext Readable { get; } = new(LabelJsonContext.ReadableOptions());
}

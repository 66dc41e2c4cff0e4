using System.Text.Json.Serialization;

namespace FcnSharp.Cli.Video;

/// <summary>The part of ffprobe's JSON that is used.</summary>
internal sealed record ProbeJson(IReadOnlyList<ProbeStream>? Streams, ProbeFormat? Format);

/// <summary>A stream of a file. Rates and times are texts there.</summary>
internal sealed record ProbeStream(
    int Index, string? CodecType, int Width, int Height, string? AvgFrameRate, string? Duration, string? SampleAspectRatio,
    string? ColorSpace, IReadOnlyList<ProbeSideData>? SideDataList, ProbeDisposition? Disposition);

/// <summary>By how many degrees frames are to be turned, among other things.</summary>
internal sealed record ProbeSideData(double? Rotation);

/// <summary>Whether the stream is but the cover of a piece of music.</summary>
internal sealed record ProbeDisposition(int AttachedPic);

/// <summary>The file as a whole.</summary>
internal sealed record ProbeFormat(string? Duration);

/// <summary>Deserialises without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeJson))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;

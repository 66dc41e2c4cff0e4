using System.Text.Json.Serialization;

namespace FcnSharp.Cli.Video;

/// <summary>The used part of ffprobe's JSON.</summary>
internal sealed record ProbeJson(IReadOnlyList<ProbeStream>? Streams, ProbeFormat? Format);

/// <summary>A stream of a file; rates and times are strings.</summary>
internal sealed record ProbeStream(
    int Index, string? CodecType, int Width, int Height, string? AvgFrameRate, string? Duration, string? SampleAspectRatio,
    string? ColorSpace, IReadOnlyList<ProbeSideData>? SideDataList, ProbeDisposition? Disposition);

/// <summary>Side data of a stream, such as the rotation of the frames in degrees.</summary>
internal sealed record ProbeSideData(double? Rotation);

/// <summary>Flags of a stream; the cover of a piece of music is an attached picture.</summary>
internal sealed record ProbeDisposition(int AttachedPic);

/// <summary>Properties of the file.</summary>
internal sealed record ProbeFormat(string? Duration);

/// <summary>Deserialises without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeJson))]
internal sealed partial class ProbeJsonContext : JsonSerializerContext;

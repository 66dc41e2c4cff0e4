using System.Globalization;
using System.Text.Json;

namespace FcnSharp.Cli.Video;

/// <summary>The properties of a video that are needed to decode it and to encode a similar one.</summary>
internal sealed record VideoInfo
{
    /// <summary>The height, in pixels, from which players assume BT.709 for videos without a tag.</summary>
    private const int HighDefinition = 720;

    /// <summary>The index of the video stream.</summary>
    public required int Stream { get; init; }

    /// <summary>Columns of an upright frame, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Rows of an upright frame, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The mean frame rate; null if the file does not state it.</summary>
    public required FrameRate? Rate { get; init; }

    /// <summary>The duration in seconds; null if the file does not state it.</summary>
    public required double? Seconds { get; init; }

    /// <summary>The aspect ratio of a pixel of an upright frame, such as <c>4/3</c>; null for square pixels.</summary>
    public required string? PixelShape { get; init; }

    /// <summary>ffmpeg's name of the matrix from YUV to RGB.</summary>
    public required string ColorMatrix { get; init; }

    /// <summary>Whether there is sound.</summary>
    public required bool HasSound { get; init; }

    /// <summary>Parses the output of ffprobe.</summary>
    /// <param name="json">The JSON of <c>-show_format -show_streams</c>.</param>
    /// <param name="path">The video, for messages.</param>
    /// <exception cref="VideoException">The file has no video stream.</exception>
    public static VideoInfo Parse(string json, string path)
    {
        var probe = JsonSerializer.Deserialize(json, ProbeJsonContext.Default.ProbeJson);
        IReadOnlyList<ProbeStream> streams = probe?.Streams ?? [];
        var hasSound = streams.Any(stream => stream.CodecType == "audio");
        var pictures = streams.FirstOrDefault(stream => stream is { CodecType: "video", Disposition: not { AttachedPic: not 0 } })
            ?? throw new VideoException(path, hasSound ? "has sound, but no video stream." : "has no video stream.");
        if (pictures is not { Width: > 0, Height: > 0 })
        {
            throw new VideoException(path, "does not state the size of its frames. It may be damaged.");
        }

        var isTurned = (pictures.SideDataList ?? []).Any(data => Math.Abs(data.Rotation ?? 0) % 180 == 90);
        return new VideoInfo
        {
            Stream = pictures.Index,
            Width = isTurned ? pictures.Height : pictures.Width,
            Height = isTurned ? pictures.Width : pictures.Height,
            Rate = FrameRate.Parse(pictures.AvgFrameRate),
            Seconds = SecondsOf(pictures.Duration) ?? SecondsOf(probe?.Format?.Duration),
            PixelShape = ShapeOf(pictures.SampleAspectRatio, isTurned),
            ColorMatrix = pictures.ColorSpace switch
            {
                "bt709" => "bt709",
                "bt2020nc" or "bt2020c" => "bt2020",
                null or "unknown" or "gbr" when pictures.Height >= HighDefinition => "bt709",
                _ => "bt601",
            },
            HasSound = hasSound,
        };
    }

    private static double? SecondsOf(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;

    private static string? ShapeOf(string? ratio, bool isTurned) => ratio?.Split(':') switch
    {
        ["0", _] or [_, "0"] => null,
        [var across, var down] when across != down => isTurned ? $"{down}/{across}" : $"{across}/{down}",
        _ => null,
    };
}

using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Video;

/// <summary>The result of <c>fcn segment clip.mp4 --json</c>.</summary>
/// <param name="SchemaVersion">The schema version, 1.</param>
/// <param name="Video">The video.</param>
/// <param name="Output">The result.</param>
/// <param name="Shares">The table of shares; null for none.</param>
/// <param name="Engine">The engine, with threads and instruction set.</param>
/// <param name="Width">Columns of the frames of the result, including the legend.</param>
/// <param name="Height">Rows of the frames of the result, including the legend.</param>
/// <param name="Frames">Number of frames of the result.</param>
/// <param name="FramesSeen">Number of frames that were segmented by the network.</param>
/// <param name="FrameRate">Frames per second of the result.</param>
/// <param name="HasSound">Whether sound was copied.</param>
/// <param name="Seconds">The processing time without the loading of the network, in seconds.</param>
/// <param name="FramesPerSecond">Processed frames per second.</param>
/// <param name="NetworkIdleShare">The fraction of the time in which the network waited for other work, 0 to 1.</param>
/// <param name="Classes">The share of each class in all frames.</param>
internal sealed record VideoJson(
    int SchemaVersion, string Video, string Output, string? Shares, string Engine, int Width, int Height, int Frames, int FramesSeen,
    double FrameRate, bool HasSound, double Seconds, double FramesPerSecond, double NetworkIdleShare,
    IReadOnlyList<VideoJson.ClassPart> Classes)
{
    public static VideoJson Of(VideoJob job, VideoInfo info, VideoRun run, FcnPredictor predictor, TimeSpan elapsed) => new(
        1, job.Video, job.Output, job.Table, predictor.EngineDescription, run.Composer.Size.Width, run.Composer.Size.Height,
        run.Done, run.Shares.Seen, Math.Round(info.Rate!.Value.PerSecond, 3), info.HasSound, Math.Round(elapsed.TotalSeconds, 3),
        Math.Round(run.Done / elapsed.TotalSeconds, 3), Math.Round(run.Network.IdleShare, 4),
        [.. predictor.Classes.Select((info, id) => new ClassPart(id, info.Name, Math.Round(run.Shares.ShareOf(id), 5)))]);

    public string ToText() => JsonSerializer.Serialize(this, VideoJsonContext.Default.VideoJson);

    /// <summary>A class and its share, 0 to 1.</summary>
    internal sealed record ClassPart(int Id, string Name, double Share);
}

/// <summary>Serialises without reflection.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(VideoJson))]
internal sealed partial class VideoJsonContext : JsonSerializerContext;

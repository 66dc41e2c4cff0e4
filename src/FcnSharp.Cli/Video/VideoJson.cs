using System.Text.Json;
using System.Text.Json.Serialization;
using FcnSharp.Prediction;

namespace FcnSharp.Cli.Video;

/// <summary>The output of <c>fcn segment clip.mp4 --json</c>.</summary>
/// <param name="SchemaVersion">1.</param>
/// <param name="Video">The source video.</param>
/// <param name="Output">The result.</param>
/// <param name="Shares">The table of shares; null for none.</param>
/// <param name="Engine">The engine, with threads and instruction set.</param>
/// <param name="Width">Columns of the frames of the result, the legend included.</param>
/// <param name="Height">Rows of the frames of the result.</param>
/// <param name="Frames">The number of frames.</param>
/// <param name="FramesComputed">The number of frames that the network computed.</param>
/// <param name="FrameRate">The frame rate of the result, per second.</param>
/// <param name="HasSound">Whether sound was copied.</param>
/// <param name="Seconds">The time of the run, without loading the network.</param>
/// <param name="FramesPerSecond">Frames per second of this time.</param>
/// <param name="NetworkIdleShare">The share of the time in which the network waited for decoding or encoding, 0 to 1.</param>
/// <param name="Classes">The share of the computed frames that each class covers.</param>
internal sealed record VideoJson(
    int SchemaVersion, string Video, string Output, string? Shares, string Engine, int Width, int Height, int Frames, int FramesComputed,
    double FrameRate, bool HasSound, double Seconds, double FramesPerSecond, double NetworkIdleShare,
    IReadOnlyList<VideoJson.ClassPart> Classes)
{
    public static VideoJson Of(VideoJob job, VideoInfo info, VideoRun run, FcnPredictor predictor, TimeSpan elapsed) => new(
        1, job.Video, job.Output, job.Table, predictor.EngineDescription, run.Composer.Size.Width, run.Composer.Size.Height,
        run.Done, run.Shares.Computed, Math.Round(info.Rate!.Value.PerSecond, 3), info.HasSound, Math.Round(elapsed.TotalSeconds, 3),
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

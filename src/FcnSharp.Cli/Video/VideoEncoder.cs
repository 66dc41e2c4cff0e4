using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>Encodes pictures as H.264 by ffmpeg, with the sound of the source video.</summary>
internal sealed class VideoEncoder : IDisposable
{
    private readonly FfmpegProcess ffmpeg;

    /// <summary>Starts ffmpeg.</summary>
    /// <param name="programs">The paths of ffmpeg.</param>
    /// <param name="source">The source video: its sound and metadata are copied.</param>
    /// <param name="info">The frame rate and the shape of the pixels of the source.</param>
    /// <param name="target">The file.</param>
    /// <param name="size">The size of the pictures, in pixels.</param>
    /// <param name="cancellationToken">Kills ffmpeg.</param>
    public VideoEncoder(
        FfmpegPrograms programs, string source, VideoInfo info, VideoTarget target, (int Width, int Height) size,
        CancellationToken cancellationToken) =>
        ffmpeg = FfmpegProcess.Start(programs.Ffmpeg, target.Path, Arguments(source, info, target, size), cancellationToken);

    /// <exception cref="VideoException">ffmpeg has failed.</exception>
    public async Task WriteAsync(RgbImage picture)
    {
        try
        {
            await ffmpeg.Input.WriteAsync(picture.Pixels, CancellationToken.None);
        }
        catch (IOException)
        {
            // ffmpeg has stopped reading. FinishAsync throws with the reason from its error output.
            await ffmpeg.FinishAsync();
            throw;
        }
    }

    /// <summary>Waits until the file is complete.</summary>
    /// <exception cref="VideoException">ffmpeg has failed.</exception>
    public Task FinishAsync() => ffmpeg.FinishAsync();

    public void Dispose() => ffmpeg.Dispose();

    private static IEnumerable<string> Arguments(string source, VideoInfo info, VideoTarget target, (int Width, int Height) size)
    {
        // All players support yuv420p, which has half of the resolution in colour and requires even sides.
        var pixels = size.Width % 2 == 0 && size.Height % 2 == 0 ? "yuv420p" : "yuv444p";
        var shape = info.PixelShape is { } ratio ? $",setsar={ratio}" : "";
        return
        [
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", $"{size.Width}x{size.Height}", "-framerate", $"{info.Rate}",
            "-i", "pipe:0",
            .. VideoFiles.Input(source),
            "-map", "0:v:0", "-map", "1:a?", "-c:a", "copy", "-map_metadata", "1", "-map_chapters", "1",
            "-vf", $"scale=out_color_matrix=bt709:out_range=tv,format={pixels}{shape}",
            "-c:v", "libx264", "-preset", "veryfast", "-crf", "18",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv",
            "-movflags", "+faststart", "-f", VideoFiles.FormatOf(target.Path), "-y", target.Part,
        ];
    }
}

/// <summary>A file that is written to a temporary file first.</summary>
/// <param name="Path">The file, for messages.</param>
/// <param name="Part">The temporary file.</param>
internal readonly record struct VideoTarget(string Path, string Part);

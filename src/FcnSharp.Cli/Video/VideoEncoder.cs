using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>Writes frames as an H.264 video with ffmpeg, with the sound of another video.</summary>
internal sealed class VideoEncoder : IDisposable
{
    private readonly FfmpegProcess ffmpeg;

    /// <summary>Starts the encoder.</summary>
    /// <param name="programs">The paths of ffmpeg.</param>
    /// <param name="source">The video with the sound, the frame rate, the pixel shape and the metadata.</param>
    /// <param name="info">The properties of the source video.</param>
    /// <param name="target">The file to write.</param>
    /// <param name="size">The size of the frames, in pixels.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
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
            // ffmpeg stopped reading; its error output states the reason.
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
        // Every player supports colour at half resolution, but it needs even sides.
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

/// <summary>A file that is written under a temporary name first.</summary>
/// <param name="Path">The final path, for messages.</param>
/// <param name="Part">The temporary path.</param>
internal readonly record struct VideoTarget(string Path, string Part);

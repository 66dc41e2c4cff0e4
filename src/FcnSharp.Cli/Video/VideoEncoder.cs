using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>Writes pictures as a video, H.264 by ffmpeg, with the sound of another.</summary>
internal sealed class VideoEncoder : IDisposable
{
    private readonly FfmpegProcess ffmpeg;

    /// <summary>Starts to write.</summary>
    /// <param name="programs">Where ffmpeg lies.</param>
    /// <param name="source">The video that rate, pixel shape, sound and metadata are of.</param>
    /// <param name="info">What is known of it.</param>
    /// <param name="target">Which file is written where.</param>
    /// <param name="size">Of the pictures, in pixels.</param>
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
            // It has stopped to read; why, it has written to its error stream.
            await ffmpeg.FinishAsync();
            throw;
        }
    }

    /// <summary>Waits until the file is whole.</summary>
    /// <exception cref="VideoException">ffmpeg has failed.</exception>
    public Task FinishAsync() => ffmpeg.FinishAsync();

    public void Dispose() => ffmpeg.Dispose();

    private static IEnumerable<string> Arguments(string source, VideoInfo info, VideoTarget target, (int Width, int Height) size)
    {
        // Half the resolution in colour is what every player takes, but it needs even sides.
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

/// <summary>A file that is written elsewhere first.</summary>
/// <param name="Path">Its place, for messages.</param>
/// <param name="Part">Where it grows.</param>
internal readonly record struct VideoTarget(string Path, string Part);

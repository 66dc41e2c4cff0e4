using System.Runtime.CompilerServices;
using FcnSharp.Imaging;

namespace FcnSharp.Cli.Video;

/// <summary>The frames of a video, upright and at a constant rate, decoded by ffmpeg.</summary>
internal sealed class VideoDecoder(FfmpegPrograms programs, string path, VideoInfo info)
{
    /// <summary>The first error that ffmpeg reported without failing; null for none. Set after the last frame.</summary>
    public string? Complaint { get; private set; }

    /// <summary>Reads the frames one by one.</summary>
    /// <exception cref="VideoException">ffmpeg cannot read the video, or finds no frame in it.</exception>
    public async IAsyncEnumerable<RgbImage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ffmpeg = FfmpegProcess.Start(programs.Ffmpeg, path, Arguments(), cancellationToken);
        var any = false;
        while (await NextAsync(ffmpeg.Output) is { } frame)
        {
            any = true;
            yield return frame;
        }

        Complaint = await ffmpeg.FinishAsync();
        if (!any)
        {
            throw new VideoException(path, $"has no frame that ffmpeg can decode. {Complaint}");
        }
    }

    private async Task<RgbImage?> NextAsync(Stream stream)
    {
        var pixels = GC.AllocateUninitializedArray<byte>(3 * info.Width * info.Height);
        var read = await stream.ReadAtLeastAsync(pixels, pixels.Length, throwOnEndOfStream: false, CancellationToken.None);
        return read == pixels.Length ? new RgbImage(pixels, info.Width, info.Height) : null;
    }

    /// <summary>The arguments of ffmpeg, which rotates frames upright without being asked; the filter fps repeats or drops frames to make a
    /// variable rate constant.</summary>
    private IEnumerable<string> Arguments() =>
    [
        "-nostdin", .. VideoFiles.Input(path), "-map", $"0:{info.Stream}",
        "-vf", $"fps={info.Rate},scale={info.Width}:{info.Height}:in_color_matrix={info.ColorMatrix}",
        "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1",
    ];
}

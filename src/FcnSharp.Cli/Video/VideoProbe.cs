using System.Globalization;

namespace FcnSharp.Cli.Video;

/// <summary>Reads the properties of a video by ffprobe.</summary>
internal static class VideoProbe
{
    /// <summary>Higher rates are not believed: recordings of browsers state 1000 frames per second instead of none.</summary>
    private const double HighestRate = 300;

    /// <summary>Reads the properties from the header; if duration or rate are missing there, from the times of all packets.</summary>
    /// <exception cref="VideoException">The file cannot be read, or has no video stream.</exception>
    public static async Task<VideoInfo> ReadAsync(FfmpegPrograms programs, string path, CancellationToken cancellationToken)
    {
        var info = VideoInfo.Parse(
            await AskAsync(programs, path, ["-print_format", "json", "-show_format", "-show_streams"], cancellationToken), path);
        if (info is { Rate.PerSecond: <= HighestRate, Seconds: not null })
        {
            return info;
        }

        var packets = await AskAsync(
            programs, path, ["-select_streams", $"{info.Stream}", "-show_entries", "packet=pts_time", "-of", "csv=p=0"], cancellationToken);
        return Counted(info, packets, path);
    }

    /// <summary>Computes rate and duration from the times of the packets, one per line.</summary>
    internal static VideoInfo Counted(VideoInfo info, string packets, string path)
    {
        var times = packets.Split('\n').Select(line => TimeOf(line.Split(',')[0])).OfType<double>().ToList();
        if (times.Count < 2 || times.Max() <= times.Min())
        {
            throw new VideoException(path, "does not state its frame rate. Convert it: ffmpeg -i FILE -r 25 NEW.mp4");
        }

        var rate = (times.Count - 1) / (times.Max() - times.Min());
        return info with { Rate = FrameRate.Of(rate), Seconds = times.Count / rate };
    }

    private static double? TimeOf(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    private static async Task<string> AskAsync(
        FfmpegPrograms programs, string path, string[] question, CancellationToken cancellationToken)
    {
        using var probe = FfmpegProcess.Start(
            programs.Ffprobe, path, [.. question, .. VideoFiles.Input(path)], cancellationToken);
        using var reader = new StreamReader(probe.Output);
        var answer = await reader.ReadToEndAsync(CancellationToken.None);
        await probe.FinishAsync();
        return answer;
    }
}

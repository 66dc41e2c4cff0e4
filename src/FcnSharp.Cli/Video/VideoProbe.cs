using System.Globalization;

namespace FcnSharp.Cli.Video;

/// <summary>Asks ffprobe what is in a video.</summary>
internal static class VideoProbe
{
    /// <summary>Recordings of browsers claim a thousand frames a second when they do not know.</summary>
    private const double HighestRate = 300;

    /// <summary>Reads what the file says of itself; where it does not tell its length or its rate, looks at all of its packets.</summary>
    /// <exception cref="VideoException">The file cannot be read, or has no pictures.</exception>
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

    /// <summary>Rate and length by the times of the packets, one on each line.</summary>
    internal static VideoInfo Counted(VideoInfo info, string packets, string path)
    {
        var times = packets.Split('\n').Select(line => line.Split(',')[0])
            .Where(text => double.TryParse(text, CultureInfo.InvariantCulture, out _))
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToList();
        if (times.Count < 2 || times.Max() <= times.Min())
        {
            throw new VideoException(path, "does not say how many frames it has in a second. Write it anew: ffmpeg -i FILE -r 25 NEW.mp4");
        }

        var rate = (times.Count - 1) / (times.Max() - times.Min());
        return info with { Rate = FrameRate.Of(rate), Seconds = times.Count / rate };
    }

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

namespace FcnSharp.Cli.Video;

/// <summary>ffmpeg's arguments for files, and the path of the result.</summary>
internal static class VideoFiles
{
    /// <summary>Extensions that can be written, with ffmpeg's names of their formats.</summary>
    private static readonly Dictionary<string, string> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        [".mp4"] = "mp4", [".m4v"] = "mp4", [".mov"] = "mov", [".mkv"] = "matroska",
    };

    /// <summary>ffmpeg's arguments to read a file; references of the file to other protocols are not followed.</summary>
    public static IEnumerable<string> Input(string path) => ["-protocol_whitelist", "file", "-i", Path.GetFullPath(path)];

    /// <summary>ffmpeg's name of the format of a file to write.</summary>
    public static string FormatOf(string path) => Formats[Path.GetExtension(path)];

    /// <summary>The path of the result.</summary>
    /// <param name="video">The video to segment.</param>
    /// <param name="output">The value of <c>-o</c>: a file with the extension of a video, or a folder; null means beside the video.</param>
    /// <exception cref="UsageException">The format of the file cannot be written, or the file is the video itself.</exception>
    public static string PlaceOf(string video, string? output)
    {
        var place = Path.GetFullPath(output is null || !HasOtherEnding(output) ? Below(video, output) : output);
        if (!Formats.ContainsKey(Path.GetExtension(place)))
        {
            throw new UsageException($"{output}: a video is written to a file with the extension " +
                $"{string.Join(", ", Formats.Keys.SkipLast(1))} or {Formats.Keys.Last()}, or to a folder.");
        }

        return string.Equals(place, Path.GetFullPath(video), StringComparison.OrdinalIgnoreCase)
            ? throw new UsageException($"{output}: is the video itself, which would be replaced. Name another file: -o out.mp4.")
            : place;
    }

    private static bool HasOtherEnding(string output) => !Directory.Exists(output) && Path.HasExtension(output);

    /// <summary><c>clip-overlay.mp4</c>; with the video's extension if it can be written.</summary>
    private static string Below(string video, string? folder)
    {
        var ending = Path.GetExtension(video);
        var name = $"{Path.GetFileNameWithoutExtension(video)}-overlay{(Formats.ContainsKey(ending) ? ending : ".mp4")}";
        return Path.Combine(folder ?? Path.GetDirectoryName(Path.GetFullPath(video))!, name);
    }
}
